// The command codes on the printed sheet, as `kanban_protocol/codes.py` has them; a test compares.
export const HELP = "KSS:HELP"; // acts at once, nothing has to follow
export const INTENTS = { "KSS:FAIL": "fail", "KSS:UNDO": "undo", "KSS:RECEIVE": "receive" };

const LONGEST = 128;
// "]" with the symbology's letter and a modifier, ISO/IEC 15424: ]C1 is GS1-128, ]Q3 a GS1 QR code.
const AIM_PREFIX = /^\][A-Za-z][0-9A-Za-z]/;
// Printable ASCII, and GS, RS, EOT: the separators within an ISO/IEC 15434 envelope.
const ALLOWED = /^[\x20-\x7e\x1d\x1e\x04]+$/;

// The code that a scanner or a hand has typed; null for what can be none.
export function codeIn(typed) {
  const code = trimmed(trimmed(typed).replace(AIM_PREFIX, ""));
  return code.length <= LONGEST && ALLOWED.test(code) ? code : null;
}

// `trim` would also take the separators GS and RS off the ends.
function trimmed(text) {
  return text.replace(/^[ \t]+|[ \t]+$/g, "");
}
