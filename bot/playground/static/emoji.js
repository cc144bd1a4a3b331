// The emoji short names that a chapter's bot is likely to use; any other is left as it was typed.

const SIGNS = {
  wave: "👋",
  white_check_mark: "✅",
  heavy_check_mark: "✔️",
  x: "❌",
  warning: "⚠️",
  bulb: "💡",
  information_source: "ℹ️",
  question: "❓",
  exclamation: "❗",
  speech_balloon: "💬",
  mag: "🔍",
  calendar: "📅",
  date: "📅",
  alarm_clock: "⏰",
  hourglass: "⌛",
  mortar_board: "🎓",
  books: "📚",
  book: "📖",
  memo: "📝",
  pencil: "📝",
  clipboard: "📋",
  bar_chart: "📊",
  tada: "🎉",
  star: "⭐",
  sparkles: "✨",
  "+1": "👍",
  thumbsup: "👍",
  "-1": "👎",
  thumbsdown: "👎",
  eyes: "👀",
  pray: "🙏",
  smile: "😄",
  slightly_smiling_face: "🙂",
  robot_face: "🤖",
  lock: "🔒",
  email: "✉️",
  link: "🔗",
  arrow_right: "➡️",
  arrow_left: "⬅️",
  one: "1️⃣",
  two: "2️⃣",
  three: "3️⃣",
  heart: "❤️",
  bell: "🔔",
  large_green_circle: "🟢",
  large_yellow_circle: "🟡",
  red_circle: "🔴",
  white_circle: "⚪",
};

/** Split a text at the short names that are known: strings, and {sign, name} objects. */
export function withEmoji(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(/:([a-z0-9_+-]+):/g)) {
    if (!Object.hasOwn(SIGNS, found[1])) continue;
    if (found.index > from) parts.push(text.slice(from, found.index));
    parts.push({ sign: SIGNS[found[1]], name: found[1].replaceAll("_", " ") });
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** The sign of a short name, null when it is not known. */
export function emojiSign(name) {
  return Object.hasOwn(SIGNS, name) ? SIGNS[name] : null;
}
