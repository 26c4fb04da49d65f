// Draw the field app's icons from mark.svg: its few boxes, as PNGs of the sizes that phones ask for.

import { readFile } from "node:fs/promises";
import { deflateSync } from "node:zlib";

const BACKGROUND = [0x16, 0x2e, 0x51];
const WHITE = "#ffffff";
const SAFE = 0.62; // of the side: a phone may cut the rest to a circle
const SAMPLES = 3; // a side, for smooth edges

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

// The mark is made of boxes alone: "M x y h width v... h... z", or with V for an absolute end.
function boxesOf(svg) {
  const side = Number(svg.match(/viewBox="0 0 (\d+)/)[1]);
  const boxes = [...svg.matchAll(/<path d="([^"]+)" fill="([^"]+)" stroke="([^"]+)"/g)].flatMap(([, d, fill, stroke]) =>
    [...d.matchAll(/M([\d.]+) ([\d.]+)([hH])([\d.]+)([vV])([\d.]+)/g)].map(([, x, y, h, across, v, down]) => {
      const left = Number(x);
      const top = Number(y);
      const right = h === "h" ? left + Number(across) : Number(across);
      const bottom = v === "v" ? top + Number(down) : Number(down);
      // On the dark ground the outlines are white, as in the head of every page.
      return { left, top, right, bottom, fill: fill === "none" ? null : rgb(fill), stroke: rgb(fill === "none" ? WHITE : stroke) };
    }));
  return { side, boxes };
}

function colorAt(x, y, boxes) {
  for (const { left, top, right, bottom, fill, stroke } of boxes) {
    const out = Math.max(left - x, x - right, top - y, y - bottom);
    if (out > 1) continue;
    if (out > -1) return stroke;
    if (fill) return fill;
  }
  return BACKGROUND;
}

function draw({ side, boxes }, pixels) {
  const scale = side / (pixels * SAFE);
  const margin = (pixels * (1 - SAFE)) / 2;
  const rows = Buffer.alloc(pixels * (1 + pixels * 3));
  for (let y = 0; y < pixels; y += 1) {
    for (let x = 0; x < pixels; x += 1) {
      const sum = [0, 0, 0];
      for (let s = 0; s < SAMPLES * SAMPLES; s += 1) {
        const dx = ((s % SAMPLES) + 0.5) / SAMPLES;
        const dy = (Math.floor(s / SAMPLES) + 0.5) / SAMPLES;
        colorAt((x + dx - margin) * scale, (y + dy - margin) * scale, boxes).forEach((part, at) => { sum[at] += part; });
      }
      const start = y * (1 + pixels * 3) + 1 + x * 3;
      sum.forEach((part, at) => { rows[start + at] = Math.round(part / SAMPLES ** 2); });
    }
  }
  return png(rows, pixels);
}

// As the PNG specification has it; Node's own came only with 20.15.
function crc32(bytes) {
  let rest = ~0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return ~rest >>> 0;
}

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

function png(rows, pixels) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(pixels, 0);
  head.writeUInt32BE(pixels, 4);
  head.set([8, 2, 0, 0, 0], 8); // 8 bits a part, red green blue
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0)),
  ]);
}

export async function appIcons(markFile, sizes) {
  const mark = boxesOf(await readFile(markFile, "utf8"));
  return sizes.map((pixels) => [pixels, draw(mark, pixels)]);
}
