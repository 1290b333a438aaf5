const block = 512;

/** An archive (POSIX ustar) of small files, root's and readable for all, of one time: the same bytes each time. */
export function tar(
  files: Readonly<Record<string, string>>,
  time: Date,
): Buffer {
  const seconds = Math.floor(time.getTime() / 1_000);
  const parts = Object.entries(files).flatMap(([path, text]) => {
    const content = Buffer.from(text);
    const padding = Buffer.alloc((block - (content.length % block)) % block);
    return [headerOf(path, content.length, seconds), content, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function headerOf(path: string, size: number, seconds: number): Buffer {
  const header = Buffer.alloc(block);
  const octal = (value: number, width: number) =>
    value.toString(8).padStart(width - 1, '0');
  header.write(path, 0);
  header.write(octal(0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(size, 12), 124);
  header.write(octal(seconds, 12), 136);
  // The checksum is computed as if blanks stood in its place.
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 7)}\u0000 `, 148);
  return header;
}
