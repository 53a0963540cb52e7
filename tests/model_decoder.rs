//! The decoder held against plain loops, and against itself: in pieces, forked, many at once, in any order.

#[path = "support/random_model.rs"]
mod random_model;

use candle_core::quantized::GgmlDType;
use candle_core::quantized::gguf_file::Value;
use random_model::{RandomModel, random_tokens};
use rederive::reason::candle::{Decoder, Extension, GgufFile, KvCache, Options, reference};

const ARCHITECTURES: [&str; 4] = ["llama", "qwen2", "qwen3", "phi3"];

/// Types with kernels of their own, and one that is computed as its file has it.
const KINDS: [GgmlDType; 6] =
    [GgmlDType::F16, GgmlDType::Q8_0, GgmlDType::Q4K, GgmlDType::Q5K, GgmlDType::Q6K, GgmlDType::Q4_1];

/// A model in a file of its own, which lives as long as this.
struct Loaded {
    decoder: Decoder,
    file: GgufFile,
    _folder: tempfile::TempDir,
}

impl Loaded {
    fn new(model: &RandomModel, context: Option<usize>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("model.gguf");
        model.write(&path);
        let mut file = GgufFile::open(&path).expect("a header");
        let decoder = Decoder::load(&mut file, &Options { context, ..Options::default() }).expect("a model");
        Self { decoder, file, _folder: folder }
    }

    fn reference(&mut self, tokens: &[u32], from: usize) -> Vec<Vec<f32>> {
        let (config, context) = (self.decoder.config().clone(), self.decoder.context());
        reference::scores(&mut self.file, &config, context, tokens, from).expect("scores")
    }

    fn whole(&self, tokens: &[u32]) -> (KvCache, Vec<f32>) {
        let mut cache = self.decoder.sequence();
        let scores = self.decoder.prefill(&mut cache, tokens).expect("scores");
        (cache, scores)
    }
}

/// Each architecture in full precision, and one of them with each other type.
fn each<const N: usize>(kinds: [GgmlDType; N]) -> impl Iterator<Item = (&'static str, GgmlDType)> {
    let full = ARCHITECTURES.into_iter().map(|architecture| (architecture, GgmlDType::F32));
    full.chain(kinds.map(|kind| ("qwen3", kind)))
}

fn cosine(left: &[f32], right: &[f32]) -> f64 {
    assert_eq!(left.len(), right.len());
    let product = |left: &[f32], right: &[f32]| -> f64 {
        left.iter().zip(right).map(|(left, right)| f64::from(*left) * f64::from(*right)).sum()
    };
    product(left, right) / (product(left, left) * product(right, right)).sqrt()
}

fn largest(scores: &[f32]) -> usize {
    (0..scores.len()).max_by(|left, right| scores[*left].total_cmp(&scores[*right])).expect("scores")
}

/// The same numbers and the same top token. Rows of quantised weights are multiplied with numbers rounded to eight bits, where
/// a difference in the last place can come out as a whole step: so this holds only where no row hangs on its company.
fn assert_same(left: &[f32], right: &[f32], what: &str) {
    assert_eq!(left.len(), right.len(), "{what}");
    let difference = left.iter().zip(right).map(|(left, right)| (left - right).abs()).fold(0.0, f32::max);
    assert!(difference <= 1e-3, "{what}: differs by {difference}");
    assert_eq!(largest(left), largest(right), "{what}: another top token");
}

fn assert_follows(loaded: &mut Loaded, tokens: &[u32], from: usize, least: f64, what: &str) {
    let expected = loaded.reference(tokens, from);
    let mut cache = loaded.decoder.sequence();
    let found = loaded.decoder.scores_of_all(&mut cache, tokens).expect("scores");
    let worst =
        found[from..].iter().zip(&expected).map(|(found, expected)| cosine(found, expected)).fold(1.0, f64::min);
    assert!(worst >= least, "{what}: cosine {worst}");
}

#[test]
fn scores_are_those_of_plain_loops_for_each_architecture_and_type() {
    let kinds = [
        (GgmlDType::F32, 0.999_999),
        (GgmlDType::F16, 0.9999),
        (GgmlDType::BF16, 0.9999),
        (GgmlDType::Q8_0, 0.999),
        (GgmlDType::Q4K, 0.999),
        (GgmlDType::Q6K, 0.999),
    ];
    for architecture in ARCHITECTURES {
        for (kind, least) in kinds {
            let mut loaded = Loaded::new(&RandomModel::new(architecture, kind), None);
            let tokens = random_tokens(20, 320, 3);
            assert_follows(&mut loaded, &tokens, 0, least, &format!("{architecture} {kind:?}"));
        }
    }
}

#[test]
fn every_stretch_of_the_rotary_embedding_follows_plain_loops() {
    let text = |text: &str| Value::String(text.to_owned());
    let factors = |pairs: usize, step: f32| -> Vec<f32> {
        (0..pairs).map(|pair| 1.0 + step * f32::from(u8::try_from(pair).expect("small"))).collect()
    };
    let model = |architecture| RandomModel::new(architecture, GgmlDType::F32);
    let mut freqs = model("llama").key("rope.freq_base", Value::F32(500_000.0));
    freqs.vectors.push(("rope_freqs.weight".to_owned(), factors(32, 0.25)));
    let mut long = model("phi3")
        .key("rope.scaling.type", text("longrope"))
        .key("rope.scaling.original_context_length", Value::U32(4096))
        .key("rope.scaling.attn_factor", Value::F32(1.19));
    long.vectors.push(("rope_factors_long.weight".to_owned(), factors(32, 0.5)));
    long.vectors.push(("rope_factors_short.weight".to_owned(), factors(32, 0.01)));
    let yarn = model("qwen2")
        .key("rope.scaling.type", text("yarn"))
        .key("rope.scaling.factor", Value::F32(4.0))
        .key("rope.scaling.original_context_length", Value::U32(512));
    let linear = model("llama").key("rope.scaling.type", text("linear")).key("rope.scaling.factor", Value::F32(2.0));
    let partial = model("phi3").key("rope.dimension_count", Value::U32(48));
    let tokens = random_tokens(40, 320, 5);
    let mut scores = Vec::new();
    for (model, context, what) in [
        (&model("llama"), None, "plain"),
        (&freqs, None, "rope_freqs"),
        (&long, None, "short factors"),
        (&long, Some(8192), "long factors"),
        (&yarn, None, "yarn"),
        (&linear, None, "linear"),
        (&partial, None, "partial"),
    ] {
        let mut loaded = Loaded::new(model, context);
        assert_follows(&mut loaded, &tokens, 0, 0.999_999, what);
        scores.push(loaded.whole(&tokens).1);
    }
    // The lists of factors are not the same, so the scores are not.
    assert!(cosine(&scores[2], &scores[3]) < 0.9999);
    assert!(cosine(&scores[0], &scores[1]) < 0.9999);
    assert!(cosine(&scores[0], &scores[5]) < 0.9999);
}

/// One block with narrow rows, for long sequences in a short time.
fn narrow(architecture: &'static str) -> RandomModel {
    let mut model = RandomModel::new(architecture, GgmlDType::F32);
    (model.layers, model.hidden, model.heads, model.kv_heads, model.head_dim) = (1, 32, 2, 1, 32);
    (model.feed_forward, model.vocabulary) = (64, 64);
    model
}

#[test]
fn positions_beyond_4096_are_computed_in_full_precision() {
    for architecture in ["llama", "qwen3"] {
        let mut loaded = Loaded::new(&narrow(architecture), None);
        let tokens = random_tokens(4150, 64, 11);
        let expected = loaded.reference(&tokens, 4148);
        let (_, scores) = loaded.whole(&tokens);
        let cosine = cosine(&scores, expected.last().expect("a row"));
        assert!(cosine >= 0.999_999, "{architecture}: cosine {cosine}");
        assert_same(&scores, expected.last().expect("a row"), architecture);
    }
}

#[test]
fn a_window_is_what_a_token_sees() {
    for architecture in ["phi3", "llama"] {
        let mut model = RandomModel::new(architecture, GgmlDType::F32);
        let tokens = random_tokens(300, 320, 13);
        let (_, without) = Loaded::new(&model, None).whole(&tokens);
        model = model.key("attention.sliding_window", Value::U32(7));
        let mut loaded = Loaded::new(&model, None);
        assert_follows(&mut loaded, &tokens[..40], 0, 0.999_999, "window");
        let (mut cache, with) = loaded.whole(&tokens);
        assert!(cosine(&without, &with) < 0.999, "the window changes nothing");
        // Token by token at the end, where whole blocks of the cache are out of sight.
        cache.truncate(290).expect("shorter");
        let mut last = Vec::new();
        for token in &tokens[290..] {
            last = loaded.decoder.prefill(&mut cache, &[*token]).expect("scores");
        }
        assert_same(&last, &with, "token by token");
    }
}

#[test]
fn a_prompt_in_pieces_gives_what_the_whole_gives() {
    for (architecture, kind) in each(KINDS) {
        let loaded = Loaded::new(&RandomModel::new(architecture, kind), None);
        let tokens = random_tokens(420, 320, 17);
        let (_, whole) = loaded.whole(&tokens);
        // Prefill, decode, prefill again: what a cache that is only half written gets wrong.
        let mut cache = loaded.decoder.sequence();
        loaded.decoder.prefill(&mut cache, &tokens[..300]).expect("scores");
        for token in &tokens[300..316] {
            loaded.decoder.prefill(&mut cache, &[*token]).expect("scores");
        }
        let last = loaded.decoder.prefill(&mut cache, &tokens[316..]).expect("scores");
        assert_same(&last, &whole, &format!("{architecture} {kind:?} in pieces"));
        assert_eq!(cache.tokens(), tokens);
        // Back, another way, and back again.
        cache.truncate(380).expect("shorter");
        loaded.decoder.prefill(&mut cache, &random_tokens(30, 320, 19)).expect("scores");
        cache.truncate(250).expect("shorter");
        let last = loaded.decoder.prefill(&mut cache, &tokens[250..]).expect("scores");
        assert_same(&last, &whole, &format!("{architecture} {kind:?} after going back"));
    }
}

#[test]
fn forks_go_their_own_ways() {
    for (architecture, kind) in each([GgmlDType::Q4K, GgmlDType::Q6K]) {
        let loaded = Loaded::new(&RandomModel::new(architecture, kind), None);
        let tokens = random_tokens(600, 320, 23);
        let other = random_tokens(40, 320, 29);
        let (mut first, _) = loaded.whole(&tokens[..540]);
        let mut second = first.fork().expect("a fork");
        let mut third = first.fork().expect("a fork");
        third.truncate(200).expect("shorter");
        let of_second = loaded.decoder.prefill(&mut second, &other).expect("scores");
        let of_third = loaded.decoder.prefill(&mut third, &other).expect("scores");
        let of_first = loaded.decoder.prefill(&mut first, &tokens[540..]).expect("scores");
        assert_same(&of_first, &loaded.whole(&tokens).1, "the one that was forked");
        assert_same(&of_second, &loaded.whole(&[&tokens[..540], &other].concat()).1, "a fork");
        assert_same(&of_third, &loaded.whole(&[&tokens[..200], &other].concat()).1, "a shortened fork");
    }
}

#[test]
fn many_sequences_at_once_give_what_each_gives_alone() {
    for (architecture, kind) in each([GgmlDType::Q4K, GgmlDType::Q8_0]) {
        let loaded = Loaded::new(&RandomModel::new(architecture, kind), None);
        let prompts: Vec<Vec<u32>> =
            [1, 300, 7, 64, 2].iter().zip(31..).map(|(length, seed)| random_tokens(*length, 320, seed)).collect();
        let mut caches: Vec<KvCache> = prompts.iter().map(|_| loaded.decoder.sequence()).collect();
        let mut batch: Vec<Extension> =
            caches.iter_mut().zip(&prompts).map(|(cache, tokens)| Extension { cache, tokens }).collect();
        let together = loaded.decoder.extend(&mut batch).expect("scores");
        for (scores, prompt) in together.iter().zip(&prompts) {
            assert_same(scores, &loaded.whole(prompt).1, &format!("{architecture} {kind:?}"));
        }
        // One token more for each, in one pass.
        let next = [5, 6, 7, 8, 9];
        let mut batch: Vec<Extension> = caches
            .iter_mut()
            .zip(&next)
            .map(|(cache, token)| Extension { cache, tokens: std::slice::from_ref(token) })
            .collect();
        let together = loaded.decoder.extend(&mut batch).expect("scores");
        for ((scores, prompt), token) in together.iter().zip(&prompts).zip(next) {
            let mut whole = prompt.clone();
            whole.push(token);
            assert_same(scores, &loaded.whole(&whole).1, &format!("{architecture} {kind:?}"));
        }
    }
}

#[test]
fn continuations_in_one_batch_score_as_one_by_one() {
    for (architecture, kind) in each([GgmlDType::Q4K, GgmlDType::Q6K]) {
        let model = RandomModel::new(architecture, kind).key("attention.sliding_window", Value::U32(90));
        let loaded = Loaded::new(&model, None);
        let prefix = random_tokens(300, 320, 37);
        let whole = loaded.whole(&prefix);
        let cache = &whole.0;
        let mut continuations: Vec<Vec<u32>> = (0..30).map(|seed| random_tokens(10, 320, 41 + seed)).collect();
        let mut shared = continuations[3].clone();
        shared.truncate(6);
        shared.extend([1, 2, 3]);
        continuations.extend([shared, continuations[5].clone(), Vec::new(), vec![9]]);
        let views: Vec<&[u32]> = continuations.iter().map(Vec::as_slice).collect();
        let found = loaded.decoder.score(cache, &views).expect("scores");
        assert_eq!(cache.tokens(), prefix);
        assert_eq!(found.len(), continuations.len());
        for (found, continuation) in found.iter().zip(&continuations) {
            let expected = one_by_one(&loaded, &whole, continuation);
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() <= 1e-3, "{architecture} {kind:?}: {found} for {expected}");
            }
        }
    }
}

/// The logarithms of likelihoods from the scores of a sequence that is fed token by token.
fn one_by_one(loaded: &Loaded, prefix: &(KvCache, Vec<f32>), continuation: &[u32]) -> Vec<f32> {
    let (mut cache, mut scores) = (prefix.0.fork().expect("a fork"), prefix.1.clone());
    let mut likelihoods = Vec::new();
    for token in continuation {
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = scores.iter().map(|score| (score - top).exp()).sum();
        likelihoods.push(scores[*token as usize] - top - total.ln());
        scores = loaded.decoder.prefill(&mut cache, &[*token]).expect("scores");
    }
    likelihoods
}

#[test]
fn what_cannot_be_computed_is_refused_with_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("model.gguf");
    let refused = |model: &RandomModel, context: Option<usize>| {
        model.write(&path);
        let mut file = GgufFile::open(&path).expect("a header");
        Decoder::load(&mut file, &Options { context, ..Options::default() }).expect_err("refused").to_string()
    };
    let model = || RandomModel::new("llama", GgmlDType::F32);
    let mut changed = model();
    changed.architecture = "gemma3";
    assert_eq!(
        refused(&changed, None),
        "architecture `gemma3` is not supported; supported are llama, qwen2, qwen3 and phi3"
    );
    changed = model();
    changed.leave_out = Some("blk.1.ffn_down.weight");
    assert_eq!(refused(&changed, None), "the file has no tensor `blk.1.ffn_down.weight`");
    changed = model();
    changed.misshape = Some("blk.0.attn_k.weight");
    assert_eq!(refused(&changed, None), "tensor `blk.0.attn_k.weight` has shape [129, 256], expected [128, 256]");
    changed = model();
    changed.vectors.push(("blk.0.attn_sub_norm.weight".to_owned(), vec![1.0; 4]));
    assert!(refused(&changed, None).starts_with("tensor `blk.0.attn_sub_norm.weight` is not understood"));
    changed = model().key("expert_count", Value::U32(8));
    assert_eq!(refused(&changed, None), "a mixture of experts is not supported");
    changed = model();
    changed.keys.push(("split.count".to_owned(), Value::U16(3)));
    assert_eq!(refused(&changed, None), "a model in 3 files is not supported");
    changed = model().key("rope.scaling.type", Value::String("ntk".to_owned()));
    assert_eq!(refused(&changed, None), "rotary scaling `ntk` is not supported");
    changed = model().key("rope.dimension_count", Value::U32(65));
    assert_eq!(refused(&changed, None), "`llama.rope.dimension_count` is 65, expected an even number up to 64");
    changed = model().key("attention.head_count_kv", Value::U32(3));
    assert_eq!(refused(&changed, None), "`llama.attention.head_count_kv` is 3, expected a divisor of the 4 heads");
    assert_eq!(refused(&model(), Some(9000)), "9000 tokens do not fit into a context of 8192");
}

#[test]
fn damaged_files_are_refused_without_a_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("model.gguf");
    narrow("llama").key("unused", Value::U32(0)).write(&path);
    let whole = std::fs::read(&path).expect("bytes");
    let mut refused = 0;
    for length in [0, 3, 4, 20, 100, 500, whole.len() - 1000, whole.len() - 1] {
        std::fs::write(&path, &whole[..length]).expect("written");
        refused += usize::from(load(&path).is_err());
    }
    assert_eq!(refused, 8);
    for at in 0..600 {
        let mut damaged = whole.clone();
        damaged[at] = damaged[at].wrapping_add(0x7f);
        std::fs::write(&path, &damaged).expect("written");
        // Whatever comes of it is an error or a model, never a panic.
        let _ = load(&path);
    }
    let mut model = narrow("llama");
    model.keys.push(("general.alignment".to_owned(), Value::U32(0)));
    model.write(&path);
    assert!(load(&path).is_err());
    assert!(GgufFile::open(folder.path()).is_err());
    assert!(GgufFile::open(&folder.path().join("none.gguf")).is_err());
}

fn load(path: &std::path::Path) -> Result<Decoder, String> {
    let mut file = GgufFile::open(path).map_err(|error| error.to_string())?;
    Decoder::load(&mut file, &Options::default()).map_err(|error| error.to_string())
}

#[test]
fn calls_that_make_no_sense_are_errors() {
    let loaded = Loaded::new(&narrow("qwen2"), Some(100));
    let mut cache = loaded.decoder.sequence();
    let refused = |result: Result<Vec<f32>, _>| -> String {
        let error: rederive::reason::candle::ModelError = result.expect_err("refused");
        error.to_string()
    };
    assert_eq!(refused(loaded.decoder.prefill(&mut cache, &[])), "no token to compute");
    assert_eq!(refused(loaded.decoder.prefill(&mut cache, &[64])), "token 64 is not of the vocabulary, which has 64");
    assert_eq!(refused(loaded.decoder.prefill(&mut cache, &[0; 101])), "101 tokens do not fit into a context of 100");
    assert!(loaded.decoder.score(&cache, &[&[1]]).is_err());
    loaded.decoder.prefill(&mut cache, &[1; 99]).expect("scores");
    assert!(loaded.decoder.score(&cache, &[&[1, 2]]).is_err());
    assert_eq!(loaded.decoder.score(&cache, &[&[1]]).expect("scores")[0].len(), 1);
}
