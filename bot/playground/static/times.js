// Times as a person reads them, in the time zone of whoever they act as.

const LOCALE = "en-US";

function shown(date, zone, options) {
  try {
    return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: zone }).format(date);
  } catch {
    return new Intl.DateTimeFormat(LOCALE, options).format(date);
  }
}

/** The moment that a Slack timestamp names. */
export function momentOf(ts) {
  return new Date(Number(ts) * 1000);
}

/** "10:41 AM" */
export function clockTime(date, zone) {
  return shown(date, zone, { hour: "numeric", minute: "2-digit" });
}

/** "Monday, November 23, 2026, 10:41 AM" */
export function fullTime(date, zone) {
  return `${shown(date, zone, { dateStyle: "full" })}, ${clockTime(date, zone)}`;
}

/** "Today", "Yesterday" or "Monday, November 23" */
export function dayName(date, zone) {
  const day = shown(date, zone, { dateStyle: "short" });
  if (day === shown(new Date(), zone, { dateStyle: "short" })) return "Today";
  if (day === shown(new Date(Date.now() - 86_400_000), zone, { dateStyle: "short" })) return "Yesterday";
  return shown(date, zone, { weekday: "long", month: "long", day: "numeric" });
}

/** "10:41:07.123", for the inspector. */
export function preciseTime(iso, zone) {
  const date = new Date(iso);
  const clock = shown(date, zone, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  return `${clock}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

const DATE_WORDS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

/** Fill Slack's date pattern ("{date_short} at {time}") for a moment in seconds. */
export function slackDate(seconds, pattern, zone) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return null;
  return pattern.replace(/\{(\w+)\}/g, (whole, word) => {
    const options = DATE_WORDS[word.replace(/_pretty$/, "")];
    return options ? shown(date, zone, options) : whole;
  });
}
