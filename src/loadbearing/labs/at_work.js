// While a page opens, its cells run one after the other, and whatever is pressed meanwhile waits for them. This line
// asks the kernel for a sign of life whenever a button of its lab is pressed, and says so if none comes soon.

const SOON_MS = 500, LONG_MS = 60000;
const NEXT = "The page is still at work. What you pressed comes next.";
const LOST = "No answer yet. If nothing comes: Run, then Run All Cells, in the menu above.";

function render({ model, el }) {
  const line = document.createElement("div");
  line.className = "lb-at-work";
  line.setAttribute("role", "status");
  el.append(line);
  let asked = 0, soon = 0, long = 0;

  function pressed(event) {
    const lab = el.closest(".lb-lab");
    if (!lab?.contains(event.target) || !event.target.closest("button")) return;
    asked += 1;
    quiet();
    soon = setTimeout(() => say(NEXT), SOON_MS);
    long = setTimeout(() => say(LOST), LONG_MS);
    model.send({ asked });
  }

  function heard(message) {
    if (message?.there !== asked) return;
    quiet();
    say("");
  }

  function quiet() {
    clearTimeout(soon);
    clearTimeout(long);
  }

  function say(text) {
    if (line.textContent !== text) line.textContent = text;
  }

  document.addEventListener("click", pressed, true);
  model.on("msg:custom", heard);
  return () => {
    quiet();
    document.removeEventListener("click", pressed, true);
    model.off("msg:custom", heard);
  };
}

export default { render };
