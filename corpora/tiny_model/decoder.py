"""A decoder of the llama family in PyTorch, as small as it may be, and its export to GGUF."""

import math

import gguf
import torch
from torch import nn
from torch.nn import functional


class Shape:
    """Sizes of a model."""

    def __init__(self, vocabulary, width=96, layers=3, heads=3, inner=256, context=1536, base=10000.0):
        self.vocabulary, self.width, self.layers, self.heads = vocabulary, width, layers, heads
        self.inner, self.context, self.base = inner, context, base
        self.head = width // heads


def rotated(x, cosine, sine):
    """The rotary embedding over neighbouring elements, as the llama family stores its projections in GGUF."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), -1).flatten(-2)


class Norm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return functional.rms_norm(x, (x.shape[-1],), self.weight, 1e-5)


class Block(nn.Module):
    def __init__(self, shape):
        super().__init__()
        linear = lambda a, b: nn.Linear(a, b, bias=False)
        self.shape = shape
        self.attn_norm, self.ffn_norm = Norm(shape.width), Norm(shape.width)
        self.attn_q, self.attn_k = linear(shape.width, shape.width), linear(shape.width, shape.width)
        self.attn_v, self.attn_output = linear(shape.width, shape.width), linear(shape.width, shape.width)
        self.ffn_gate, self.ffn_up = linear(shape.width, shape.inner), linear(shape.width, shape.inner)
        self.ffn_down = linear(shape.inner, shape.width)

    def forward(self, x, cosine, sine):
        rows, length, _ = x.shape
        own = self.attn_norm(x)
        heads = lambda y: y.view(rows, length, self.shape.heads, self.shape.head).transpose(1, 2)
        q, k = (rotated(heads(of(own)), cosine, sine) for of in (self.attn_q, self.attn_k))
        seen = functional.scaled_dot_product_attention(q, k, heads(self.attn_v(own)), is_causal=True)
        x = x + self.attn_output(seen.transpose(1, 2).reshape(rows, length, -1))
        own = self.ffn_norm(x)
        return x + self.ffn_down(functional.silu(self.ffn_gate(own)) * self.ffn_up(own))


class Decoder(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Embedding(shape.vocabulary, shape.width)
        self.blk = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.output_norm = Norm(shape.width)
        frequency = shape.base ** (-torch.arange(0, shape.head, 2) / shape.head)
        angle = torch.outer(torch.arange(shape.context), frequency)
        self.register_buffer("cosine", angle.cos(), persistent=False)
        self.register_buffer("sine", angle.sin(), persistent=False)
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                deep = math.sqrt(2 * shape.layers) if name.endswith(("attn_output.weight", "ffn_down.weight")) else 1
                nn.init.normal_(weight, std=0.02 if "embd" in name else weight.shape[1] ** -0.5 / deep)

    def states(self, tokens):
        x = self.token_embd(tokens)
        length = tokens.shape[1]
        for block in self.blk:
            x = block(x, self.cosine[:length], self.sine[:length])
        return self.output_norm(x)

    def begin_alike(self, groups):
        """Gives tokens that mean the same nearly the same embedding to begin with: copying a name needs no other token to be learnt."""
        with torch.no_grad():
            for group in groups:
                first = self.token_embd.weight[group[0]].clone()
                for token in group[1:]:
                    self.token_embd.weight[token] = first + 0.1 * self.token_embd.weight[token]

    def scores(self, states):
        """The embedding is used for the output, too."""
        return states @ self.token_embd.weight.T


def export(model, vocabulary, path, name, description):
    """Writes a GGUF file: matrices as Q8_0, norms as F32."""
    shape = model.shape
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name(name)
    writer.add_description(description)
    writer.add_license("MIT")
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.inner)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_rope_dimension_count(shape.head)
    writer.add_rope_freq_base(shape.base)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(vocabulary.tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(vocabulary.tokens)
    writer.add_token_scores(vocabulary.scores)
    writer.add_token_types(vocabulary.kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
    for key, weight in model.state_dict().items():
        data = weight.detach().float().numpy()
        if data.ndim == 2:
            kind = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(key, gguf.quants.quantize(data, kind), raw_dtype=kind)
        else:
            writer.add_tensor(key, data)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
