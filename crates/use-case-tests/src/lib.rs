//! Tests of the use cases on the three real engines: the directory and its rooms, as doors call them. All of them are in
//! `tests/`; what a function does by itself is tested beside it.
