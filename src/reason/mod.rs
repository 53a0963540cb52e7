//! Reasoning models: they propose which derivation a sentence states, and arithmetic decides.
//!
//! A model never sees the value that it is asked about, never computes, and gives no verdict. Nothing here runs unless it is
//! asked for. `candle` is a decoder for open weights on one's own machine, behind the cargo feature `model`; `endpoint` asks a
//! server that speaks the `OpenAI` protocol, behind the cargo feature `endpoint`.

#[cfg(feature = "model")]
pub mod candle;
#[cfg(feature = "endpoint")]
pub mod endpoint;
