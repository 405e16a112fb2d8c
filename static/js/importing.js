// The import form: what the text tells of itself is offered in the fields that are still empty.

const form = document.querySelector(".import-form");

async function read() {
  const answer = await fetch("/articles/new/reading", {
    method: "POST",
    body: new FormData(form),
    headers: { "HX-Request": "true" },
  });
  if (answer.ok) offer(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

// Only fields nobody has touched are filled: the answer may come while somebody is typing.
function offer(found) {
  for (const field of found.querySelectorAll("#details input")) {
    const own = form.elements[field.name];
    if (!own.value && own !== document.activeElement) fill(own, field, found);
  }
  const remarks = [...found.querySelectorAll(".remark")];
  form.querySelector(".remarks").replaceChildren(...remarks);
}

function fill(own, field, found) {
  own.value = field.value;
  const [mine, theirs] = [document, found].map((root) => root.getElementById(`${field.id}-hint`));
  if (mine && theirs) mine.replaceWith(theirs);
  else if (theirs) own.before(theirs);
}

export function start() {
  const reads = () => read().catch(() => {});
  form.addEventListener("change", (event) => event.target.matches("[data-read]") && reads());
  const chosen = [...form.querySelectorAll("[data-read]")].some(({ files }) => files?.length);
  if (chosen) reads(); // before this script was there
}
