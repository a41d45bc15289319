use std::{fmt, io, path::PathBuf};

use super::Program;

/// Why a private server can't be had.
#[derive(Debug)]
pub enum StartError {
    /// The program isn't installed.
    Missing(Program),
    /// As root there is no ordinary account that the server could run under.
    NoAccount,
    /// It listens on ports that are root's.
    NotRoot,
    /// The program ended, or didn't answer in time; `log` is the end of what it wrote.
    Failed {
        program: String,
        reason: String,
        log: String,
    },
    /// A file or process couldn't be made.
    Io {
        doing: &'static str,
        path: PathBuf,
        cause: io::Error,
    },
}

impl StartError {
    /// For `map_err`: what was being done, and to which file.
    pub fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| Self::Io { doing, path, cause }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(program) => {
                write!(f, "{} not found: {}", program.name(), program.remedy())
            }
            Self::NoAccount => {
                write!(
                    f,
                    "database servers refuse to run as root, and there is no account `nobody` to run them under"
                )
            }
            Self::NotRoot => write!(
                f,
                "Samba's controller listens on ports that only root may open: run this test as root"
            ),
            Self::Failed {
                program,
                reason,
                log,
            } => write!(f, "{program} {reason}; it wrote last:\n{log}"),
            Self::Io { doing, path, cause } => {
                write!(f, "can't {doing} {}: {cause}", path.display())
            }
        }
    }
}

impl std::error::Error for StartError {}
