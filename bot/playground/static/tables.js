// The table block: the first row names the columns.

import { el } from "./dom.js";
import { richText } from "./rich_text.js";

/** A table that scrolls sideways on its own where it is too wide. */
export function table(block) {
  const settings = block.column_settings ?? [];
  const cell = (tag, content, column) => {
    const align = settings[column]?.align ?? (content.type === "raw_number" ? "right" : null);
    const wraps = settings[column]?.is_wrapped ? "yes" : null;
    return el(tag, { scope: tag === "th" ? "col" : null, data: { align, wraps } }, cellNodes(content));
  };
  const [first, ...others] = block.rows;
  const head = el(
    "thead",
    {},
    el(
      "tr",
      {},
      first.map((content, column) => cell("th", content, column)),
    ),
  );
  const body = el(
    "tbody",
    {},
    others.map((row) =>
      el(
        "tr",
        {},
        row.map((content, column) => cell("td", content, column)),
      ),
    ),
  );
  const name = `Table: ${first.map((content) => cellWords(content)).join(", ")}`;
  return el(
    "div",
    { class: "table", role: "region", tabindex: "0", "aria-label": name },
    el("table", {}, head, body),
  );
}

function cellNodes(content) {
  if (content.type === "rich_text") return richText(content);
  return String(content.text ?? content.value ?? "");
}

function cellWords(content) {
  return el("span", {}, cellNodes(content)).textContent;
}
