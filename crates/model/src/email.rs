//! Syntax of e-mail addresses (RFC 5322 addr-spec), as OTOBO's CheckItem tests it.
