//! The log-likelihood of many continuations of one sequence, in passes that they share.
//!
//! The continuations become a tree in which common beginnings stand once, and the tree goes through the model as the rows
//! of one ragged batch. The last token of the sequence is the root: what it predicts judges the first tokens. The sequence
//! itself is left as it was.

use std::collections::BTreeMap;

use candle_core::Tensor;

use super::cache::KvCache;
use super::decoder::{CHUNK, Decoder, ROWS_OF_SCORES};
use super::error::ModelError;

/// A tree of continuations; row 0 is the root.
struct Tree {
    tokens: Vec<u32>,
    parents: Vec<Option<usize>>,
    children: BTreeMap<(usize, u32), usize>,
}

impl Tree {
    fn new(root: u32) -> Self {
        Self { tokens: vec![root], parents: vec![None], children: BTreeMap::new() }
    }

    /// How many rows a continuation would add.
    fn growth(&self, continuation: &[u32]) -> usize {
        let mut at = 0;
        for (done, token) in continuation.iter().enumerate() {
            match self.children.get(&(at, *token)) {
                Some(child) => at = *child,
                None => return continuation.len() - done,
            }
        }
        0
    }

    /// Adds a continuation and gives its rows.
    fn add(&mut self, continuation: &[u32]) -> Vec<usize> {
        let mut at = 0;
        let mut rows = Vec::with_capacity(continuation.len());
        for token in continuation {
            at = *self.children.entry((at, *token)).or_insert_with(|| {
                self.tokens.push(*token);
                self.parents.push(Some(at));
                self.tokens.len() - 1
            });
            rows.push(at);
        }
        rows
    }
}

impl Decoder {
    /// The natural logarithm of the likelihood of each token of each continuation, behind the tokens of the sequence and
    /// the earlier tokens of the continuation. An empty continuation has no numbers.
    ///
    /// # Errors
    /// A sequence without tokens, a token that is not of the vocabulary, and more tokens than the context holds.
    pub fn score(&self, sequence: &KvCache, continuations: &[&[u32]]) -> Result<Vec<Vec<f32>>, ModelError> {
        let Some(root) = sequence.tokens().last().copied() else {
            return Err(ModelError::Call("a continuation needs something to continue".to_owned()));
        };
        for continuation in continuations.iter().filter(|continuation| !continuation.is_empty()) {
            self.check(sequence.len() + continuation.len(), continuation)?;
        }
        let mut base = sequence.fork()?;
        base.truncate(sequence.len() - 1)?;
        let mut likelihoods = Vec::with_capacity(continuations.len());
        let mut left = continuations;
        while !left.is_empty() {
            let mut tree = Tree::new(root);
            let mut rows = Vec::new();
            while let Some((continuation, rest)) = left.split_first() {
                if !rows.is_empty() && tree.tokens.len() + tree.growth(continuation) > CHUNK {
                    break;
                }
                rows.push(tree.add(continuation));
                left = rest;
            }
            let states = self.tree(base.fork()?, &tree.tokens, &tree.parents)?;
            let of_rows = self.likelihoods(&tree, &states)?;
            likelihoods.extend(rows.iter().map(|rows| rows.iter().map(|row| of_rows[*row]).collect()));
        }
        Ok(likelihoods)
    }

    /// The logarithm of the likelihood of each row's token behind its parent; zero for the root.
    fn likelihoods(&self, tree: &Tree, states: &Tensor) -> Result<Vec<f32>, ModelError> {
        let mut of_rows = vec![0.0; tree.tokens.len()];
        let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (row, parent) in tree.parents.iter().enumerate() {
            if let Some(parent) = parent {
                children.entry(*parent).or_default().push(row);
            }
        }
        let parents: Vec<(usize, Vec<usize>)> = children.into_iter().collect();
        for part in parents.chunks(ROWS_OF_SCORES) {
            let rows: Vec<u32> = part.iter().filter_map(|(parent, _)| u32::try_from(*parent).ok()).collect();
            let scores = self.head(&states.index_select(&Tensor::new(rows, states.device())?, 0)?)?;
            let totals: Vec<f32> = scores.log_sum_exp(1)?.to_vec1()?;
            for (at, ((_, rows), total)) in part.iter().zip(totals).enumerate() {
                let wanted: Vec<u32> = rows.iter().map(|row| tree.tokens[*row]).collect();
                let found = scores.get(at)?.index_select(&Tensor::new(wanted, states.device())?, 0)?;
                for (row, score) in rows.iter().zip(found.to_vec1::<f32>()?) {
                    of_rows[*row] = score - total;
                }
            }
        }
        Ok(of_rows)
    }
}
