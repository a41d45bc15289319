//! Tests that use the pages as people do: the real program, a real browser. All of them are in `tests/`; what
//! pages answer to a single request is tested in `kartoteka-web`.
