//! A GGUF file: its header as typed values, its tensors one at a time.
//!
//! The bytes are taken apart by candle-core. A tensor is read when it is asked for and goes to the blocks that the
//! kernels work on, so loading needs the weights and one tensor more. Mapping the file would need `unsafe` code, which
//! this crate forbids, and the weights are brought into another order all the same.
//!
//! It knows no architecture: see `config` and `weights`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use candle_core::Device;
use candle_core::quantized::gguf_file::{Content, Value};
use candle_core::quantized::{GgmlDType, QTensor};

use super::error::ModelError;

/// The most elements of a tensor; more is taken for a damaged header.
const MOST_ELEMENTS: usize = 1 << 40;

/// An open GGUF file.
#[derive(Debug)]
pub struct GgufFile {
    path: PathBuf,
    bytes: u64,
    content: Content,
    reader: BufReader<File>,
}

/// How many tensors and elements of one type a file has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TypeCount {
    /// Tensors of the type.
    pub tensors: usize,
    /// Their elements, all together.
    pub elements: usize,
}

impl GgufFile {
    /// Opens the file and reads its header.
    ///
    /// # Errors
    /// [`ModelError::Unreadable`] and [`ModelError::Header`].
    pub fn open(path: &Path) -> Result<Self, ModelError> {
        let unreadable = |source| ModelError::Unreadable { path: path.to_owned(), source };
        let file = File::open(path).map_err(unreadable)?;
        let facts = file.metadata().map_err(unreadable)?;
        if !facts.is_file() {
            return Err(unreadable(std::io::Error::other("not a file")));
        }
        let header = |reason: String| ModelError::Header { path: path.to_owned(), reason };
        let mut reader = BufReader::with_capacity(1 << 20, file);
        // The reader divides by the alignment that the header gives, which a damaged one can give as zero.
        let content = catch_unwind(AssertUnwindSafe(|| Content::read(&mut reader)))
            .map_err(|_| header("its numbers make no sense".to_owned()))?
            .map_err(|error| header(first_line(&error.to_string())))?;
        Ok(Self { path: path.to_owned(), bytes: facts.len(), content, reader })
    }

    /// The file that was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The length of the file in bytes.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The text behind a key; `None` where there is no such key.
    pub fn optional_text(&self, key: &str) -> Result<Option<&str>, ModelError> {
        match self.content.metadata.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(wrong(key, other, "a text")),
        }
    }

    /// The text behind a key.
    pub fn text(&self, key: &str) -> Result<&str, ModelError> {
        self.optional_text(key)?.ok_or_else(|| ModelError::MissingKey(key.to_owned()))
    }

    /// The whole number behind a key, of whatever width; `None` where there is no such key.
    pub fn optional_count(&self, key: &str) -> Result<Option<usize>, ModelError> {
        let Some(value) = self.content.metadata.get(key) else { return Ok(None) };
        whole(value).map(Some).ok_or_else(|| wrong(key, value, "a whole number"))
    }

    /// The whole number behind a key.
    pub fn count(&self, key: &str) -> Result<usize, ModelError> {
        self.optional_count(key)?.ok_or_else(|| ModelError::MissingKey(key.to_owned()))
    }

    /// The number behind a key; `None` where there is no such key.
    pub fn optional_real(&self, key: &str) -> Result<Option<f64>, ModelError> {
        let number = match self.content.metadata.get(key) {
            None => return Ok(None),
            Some(Value::F32(number)) => f64::from(*number),
            Some(Value::F64(number)) => *number,
            Some(other) => match whole(other).and_then(|number| u32::try_from(number).ok()) {
                Some(number) => f64::from(number),
                None => return Err(wrong(key, other, "a number")),
            },
        };
        if number.is_finite() {
            Ok(Some(number))
        } else {
            Err(ModelError::Value { key: key.to_owned(), found: number.to_string(), expected: "a number".to_owned() })
        }
    }

    /// Yes or no behind a key; `None` where there is no such key.
    pub fn optional_flag(&self, key: &str) -> Result<Option<bool>, ModelError> {
        match self.content.metadata.get(key) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(other) => Err(wrong(key, other, "true or false")),
        }
    }

    /// The texts of the list behind a key; `None` where there is no such key.
    pub fn optional_texts(&self, key: &str) -> Result<Option<Vec<&str>>, ModelError> {
        self.list(key, "a list of texts", |value| match value {
            Value::String(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The numbers of the list behind a key; `None` where there is no such key.
    pub fn optional_reals(&self, key: &str) -> Result<Option<Vec<f32>>, ModelError> {
        self.list(key, "a list of numbers", |value| match value {
            Value::F32(number) => Some(*number),
            _ => None,
        })
    }

    /// The whole numbers of the list behind a key; `None` where there is no such key.
    pub fn optional_counts(&self, key: &str) -> Result<Option<Vec<usize>>, ModelError> {
        self.list(key, "a list of whole numbers", whole)
    }

    fn list<'a, T>(
        &'a self,
        key: &str,
        expected: &str,
        each: impl Fn(&'a Value) -> Option<T>,
    ) -> Result<Option<Vec<T>>, ModelError> {
        match self.content.metadata.get(key) {
            None => Ok(None),
            Some(value @ Value::Array(values)) => {
                let list: Option<Vec<T>> = values.iter().map(each).collect();
                list.map(Some).ok_or_else(|| wrong(key, value, expected))
            }
            Some(other) => Err(wrong(key, other, expected)),
        }
    }

    /// The names of all tensors, sorted.
    pub fn tensor_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.content.tensor_infos.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// Whether the file has a tensor of that name.
    pub fn has_tensor(&self, name: &str) -> bool {
        self.content.tensor_infos.contains_key(name)
    }

    /// The shape of a tensor, rows first.
    pub fn tensor_shape(&self, name: &str) -> Result<&[usize], ModelError> {
        let found = self.content.tensor_infos.get(name).ok_or_else(|| ModelError::MissingTensor(name.to_owned()))?;
        Ok(found.shape.dims())
    }

    /// How much of the file each type of numbers takes, by its name in the format.
    pub fn types(&self) -> BTreeMap<&'static str, TypeCount> {
        let mut found: BTreeMap<&'static str, TypeCount> = BTreeMap::new();
        for name in self.tensor_names() {
            if let Some(tensor) = self.content.tensor_infos.get(name) {
                let count = found.entry(type_name(tensor.ggml_dtype)).or_default();
                count.tensors += 1;
                count.elements = count.elements.saturating_add(elements(tensor.shape.dims()));
            }
        }
        found
    }

    /// Reads a tensor, which must have the shape that follows from the header.
    pub fn tensor(&mut self, name: &str, shape: &[usize], device: &Device) -> Result<QTensor, ModelError> {
        let found = self.tensor_shape(name)?;
        if found != shape {
            return Err(ModelError::Shape { name: name.to_owned(), found: found.to_vec(), expected: shape.to_vec() });
        }
        if elements(shape) > MOST_ELEMENTS {
            return Err(ModelError::Unsupported(format!("tensor `{name}` of shape {shape:?}")));
        }
        Ok(self.content.tensor(&mut self.reader, name, device)?)
    }

    /// Reads a tensor where the file has it.
    pub fn optional_tensor(
        &mut self,
        name: &str,
        shape: &[usize],
        device: &Device,
    ) -> Result<Option<QTensor>, ModelError> {
        if self.has_tensor(name) { self.tensor(name, shape, device).map(Some) } else { Ok(None) }
    }
}

fn elements(shape: &[usize]) -> usize {
    shape.iter().fold(1, |product, side| product.saturating_mul(*side))
}

fn whole(value: &Value) -> Option<usize> {
    match value {
        Value::U8(number) => Some(usize::from(*number)),
        Value::U16(number) => Some(usize::from(*number)),
        Value::U32(number) => usize::try_from(*number).ok(),
        Value::U64(number) => usize::try_from(*number).ok(),
        Value::I8(number) => usize::try_from(*number).ok(),
        Value::I16(number) => usize::try_from(*number).ok(),
        Value::I32(number) => usize::try_from(*number).ok(),
        Value::I64(number) => usize::try_from(*number).ok(),
        _ => None,
    }
}

fn wrong(key: &str, found: &Value, expected: &str) -> ModelError {
    let mut found = match found {
        Value::Array(values) => format!("a list of {} entries", values.len()),
        other => format!("{other:?}"),
    };
    if found.chars().count() > 60 {
        found = found.chars().take(60).chain("…".chars()).collect();
    }
    ModelError::Value { key: key.to_owned(), found, expected: expected.to_owned() }
}

/// The first line of a message: the library puts a back trace behind it where the environment asks for one.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

/// The name of a type as the format writes it.
const fn type_name(kind: GgmlDType) -> &'static str {
    match kind {
        GgmlDType::F32 => "F32",
        GgmlDType::F16 => "F16",
        GgmlDType::BF16 => "BF16",
        GgmlDType::Q4_0 => "Q4_0",
        GgmlDType::Q4_1 => "Q4_1",
        GgmlDType::Q5_0 => "Q5_0",
        GgmlDType::Q5_1 => "Q5_1",
        GgmlDType::Q8_0 => "Q8_0",
        GgmlDType::Q8_1 => "Q8_1",
        GgmlDType::Q2K => "Q2_K",
        GgmlDType::Q3K => "Q3_K",
        GgmlDType::Q4K => "Q4_K",
        GgmlDType::Q5K => "Q5_K",
        GgmlDType::Q6K => "Q6_K",
        GgmlDType::Q8K => "Q8_K",
    }
}
