// Bytes in which much comes again from far back: see far.py, which tells them so.

/** Return the bytes that were told: new ones, then some from further back, and so on. */
function farther(told) {
  let at = 0, end = 0;
  const number = () => {
    let value = 0, shift = 0, byte;
    do {
      byte = told[at++];
      value += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte & 128);
    return value;
  };
  const bytes = new Uint8Array(number());
  while (at < told.length) {
    const fresh = number();
    bytes.set(told.subarray(at, at + fresh), end);
    at += fresh;
    end += fresh;
    const again = number(), from = end - number();
    for (let one = 0; one < again; one++) bytes[end++] = bytes[from + one];
  }
  return bytes;
}
