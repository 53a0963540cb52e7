//! From the arguments to a model that is ready.

use std::path::Path;

use candle_core::Device;

use super::super::exit::CliError;
use super::{On, OpenArgs};
use crate::reason::candle::{Decoder, GgufFile, ModelError, Options};

/// The error of the command line for one of a model: calls that make no sense are wrong usage, the rest is the file.
pub fn failed(path: &Path, error: &ModelError) -> CliError {
    match error {
        ModelError::Unreadable { .. } | ModelError::Header { .. } => CliError::Unreadable(error.to_string()),
        ModelError::Call(_) | ModelError::Context { .. } => CliError::Usage(format!("{}: {error}", path.display())),
        _ => CliError::Unreadable(format!("{}: {error}", path.display())),
    }
}

/// Opens the file and loads the weights.
pub fn open(path: &Path, args: &OpenArgs) -> Result<(GgufFile, Decoder), CliError> {
    let device = match args.device {
        On::Cpu => Ok(Device::Cpu),
        On::Cuda => Device::new_cuda(0),
        On::Metal => Device::new_metal(0),
    };
    let device = device.map_err(|error| {
        let told = error.to_string();
        CliError::Usage(format!("the device cannot be used: {}", told.lines().next().unwrap_or_default()))
    })?;
    let mut file = GgufFile::open(path).map_err(|error| failed(path, &error))?;
    let options = Options { device, context: args.context };
    let decoder = Decoder::load(&mut file, &options).map_err(|error| failed(path, &error))?;
    Ok((file, decoder))
}
