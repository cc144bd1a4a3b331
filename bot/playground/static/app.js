// Starts the page: read the workspace, go where the address says, follow what happens.

import { readState } from "./api.js";
import { follow, refreshState } from "./following.js";
import { startHome } from "./home.js";
import { startInspector } from "./inspector.js";
import { startModals } from "./modal.js";
import { arrive } from "./places.js";
import { adopt, on } from "./session.js";
import { startSidebar } from "./sidebar.js";
import { startTalk } from "./talk.js";
import { startThreads } from "./threads.js";
import { startViews } from "./views.js";

const NOTICE_MS = 8_000;
const UNREACHABLE = "The playground does not answer. Start it again; this page will find it.";

function startNotices() {
  const box = document.getElementById("notice");
  let timer;
  const show = (sentence, lasting) => {
    clearTimeout(timer);
    box.textContent = sentence;
    box.hidden = !sentence;
    if (sentence && !lasting) timer = setTimeout(() => show("", false), NOTICE_MS);
  };
  let lost = false;
  on("notice", (sentence) => show(sentence, false));
  on("reachable", (reachable) => {
    if (reachable === !lost) return;
    lost = !reachable;
    show(lost ? UNREACHABLE : "", true);
    if (!lost) refreshState();
  });
}

async function start() {
  for (const part of [
    startNotices,
    startTalk,
    startThreads,
    startHome,
    startModals,
    startSidebar,
    startViews,
    startInspector,
  ])
    part();
  for (;;) {
    try {
      adopt(await readState());
      break;
    } catch {
      const notice = document.getElementById("notice");
      notice.textContent = UNREACHABLE;
      notice.hidden = false;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
  document.getElementById("notice").hidden = true;
  arrive();
  document.body.dataset.ready = "yes";
  follow();
}

start();
