//! A raster as a small PNG: grey levels where there is no colour, else a palette. Text stays sharp with few levels.

use std::collections::BTreeMap;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use super::raster::Raster;

/// How far the channels of a pixel may lie apart and the pixel still be grey.
const GREY_WITHIN: u8 = 24;

/// The PNG. The same raster gives the same bytes.
pub fn encode(raster: &Raster) -> Option<Vec<u8>> {
    let pixels = || raster.rgb.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
    let grey = pixels().all(|[r, g, b]| r.max(g).max(b) - r.min(g).min(b) <= GREY_WITHIN);
    if grey {
        // Luminance in sixteen levels, by the weights of Recommendation ITU-R BT.601.
        let levels = pixels().map(|[r, g, b]| {
            let sum = 299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b);
            u8::try_from((sum * 15 + 127_500) / 255_000).unwrap_or(15)
        });
        let packed = packed(levels, raster.width);
        return write(raster, ColorType::Grayscale, BitDepth::Four, None, &packed);
    }
    // First with sixteen steps a channel; if these are too many colours, with six, which always fit.
    for steps in [15, 5] {
        let mut palette: BTreeMap<[u8; 3], u8> = BTreeMap::new();
        let reduced: Vec<[u8; 3]> = pixels().map(|pixel| pixel.map(|channel| reduce(channel, steps))).collect();
        for colour in &reduced {
            let next = u8::try_from(palette.len());
            match next {
                Ok(next) => {
                    palette.entry(*colour).or_insert(next);
                }
                Err(_) => break,
            }
        }
        let indices: Option<Vec<u8>> = reduced.iter().map(|colour| palette.get(colour).copied()).collect();
        if let Some(indices) = indices {
            let mut colours = vec![[0; 3]; palette.len()];
            for (colour, index) in palette {
                colours[usize::from(index)] = colour;
            }
            return write(raster, ColorType::Indexed, BitDepth::Eight, Some(colours.concat()), &indices);
        }
    }
    None
}

/// A channel on `steps` + 1 equal levels.
fn reduce(channel: u8, steps: u16) -> u8 {
    let level = (u16::from(channel) * steps + 127) / 255;
    u8::try_from(level * 255 / steps).unwrap_or(u8::MAX)
}

/// Two levels a byte; each row starts a byte of its own.
fn packed(levels: impl Iterator<Item = u8>, width: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (at, level) in levels.enumerate() {
        let column = u32::try_from(at).unwrap_or(0) % width.max(1);
        match (column % 2, bytes.last_mut()) {
            (1, Some(byte)) => *byte |= level,
            _ => bytes.push(level << 4),
        }
    }
    bytes
}

fn write(
    raster: &Raster,
    colour: ColorType,
    depth: BitDepth,
    palette: Option<Vec<u8>>,
    data: &[u8],
) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, raster.width, raster.height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    encoder.set_compression(Compression::High);
    // Neighbouring indices and few levels do not predict each other.
    encoder.set_filter(Filter::NoFilter);
    if let Some(palette) = palette {
        encoder.set_palette(palette);
    }
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(data).ok()?;
    writer.finish().ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (png::OutputInfo, Vec<u8>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut pixels).expect("a picture");
        (info, pixels)
    }

    #[test]
    fn grey_and_coloured_rasters_come_back() {
        let grey =
            Raster { width: 3, height: 2, rgb: [[0; 3], [255; 3], [102; 3], [255; 3], [0; 3], [255; 3]].concat() };
        let (info, pixels) = decoded(&encode(&grey).expect("a PNG"));
        assert_eq!((info.width, info.height), (3, 2));
        assert_eq!(pixels, [0, 255, 102, 255, 0, 255]);
        let colour = Raster { width: 2, height: 1, rgb: vec![255, 0, 0, 0, 0, 255] };
        assert_eq!(decoded(&encode(&colour).expect("a PNG")).1, [255, 0, 0, 0, 0, 255]);
    }

    #[test]
    fn very_many_colours_are_reduced_until_they_fit() {
        let rows = (0..64_u8).flat_map(|row| (0..64_u8).map(move |column| [column * 4, row * 4, column ^ row]));
        let rgb: Vec<u8> = rows.flatten().collect();
        let (info, _) = decoded(&encode(&Raster { width: 64, height: 64, rgb }).expect("a PNG"));
        assert_eq!((info.width, info.height), (64, 64));
    }
}
