// Random names. Over plain HTTP browsers have no `crypto.randomUUID`, but `getRandomValues` they all have.

export function hex(bytes) {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(drawn, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A UUID of version 4 (RFC 9562 §5.4).
export function uuid() {
  const digits = hex(16);
  const version = `4${digits.slice(13, 16)}`;
  const variant = "89ab"[parseInt(digits[16], 16) % 4] + digits.slice(17, 20);
  return [digits.slice(0, 8), digits.slice(8, 12), version, variant, digits.slice(20)].join("-");
}
