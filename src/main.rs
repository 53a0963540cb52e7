//! The `rederive` program: hands the command line to the library and leaves with its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    rederive::cli::main().into()
}
