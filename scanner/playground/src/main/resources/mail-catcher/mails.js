// Shows the caught mails; asks for new ones every two seconds while the page is visible.
"use strict";
const place = (id) => document.getElementById(id);
let mails = [];
let part = "html";

const wide = matchMedia("(min-width: 50rem)");

// The mail in the address; without one the newest, where there is room beside the list.
const chosen = () =>
  mails.find((mail) => mail.id === decodeURIComponent(location.hash.slice(1))) ||
  (wide.matches && !location.hash.slice(1) ? mails.at(-1) : undefined);

function row(mail) {
  const link = document.createElement("a");
  link.href = "#" + encodeURIComponent(mail.id);
  const subject = document.createElement("b");
  subject.textContent = mail.subject;
  const line = document.createElement("span");
  line.textContent = mail.to.join(", ") + " · " + new Date(mail.at).toLocaleTimeString();
  link.append(subject, line);
  if (mail === chosen()) link.setAttribute("aria-current", "true");
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function showList() {
  place("count").textContent = mails.length;
  place("none").hidden = mails.length > 0;
  place("list").replaceChildren(...mails.slice().reverse().map(row));
}

function showMail() {
  const mail = chosen();
  document.body.classList.toggle("reading", Boolean(mail));
  place("mail").hidden = !mail;
  if (!mail) return;
  for (const field of ["subject", "from", "text"]) place(field).textContent = mail[field];
  place("to").textContent = mail.to.join(", ");
  place("at").textContent = new Date(mail.at).toLocaleString();
  const html = part === "html" && mail.html !== "";
  place("html").hidden = !html;
  place("text").hidden = html;
  place("show-html").disabled = mail.html === "";
  place("show-html").setAttribute("aria-pressed", String(html));
  place("show-text").setAttribute("aria-pressed", String(!html));
  const source = "/mails/" + encodeURIComponent(mail.id) + "/html";
  if (html && place("html").getAttribute("src") !== source) place("html").src = source;
}

async function refresh() {
  if (!document.hidden) {
    try {
      const found = await (await fetch("/mails.json")).json();
      const changed = JSON.stringify(found.map((mail) => mail.id)) !== JSON.stringify(mails.map((mail) => mail.id));
      mails = found;
      if (changed) { showList(); showMail(); }
    } catch (e) {
      place("none").hidden = false;
      place("none").textContent = "The mail catcher does not answer: is it still running?";
    }
  }
  setTimeout(refresh, 2000);
}

addEventListener("hashchange", () => { showList(); showMail(); });
place("show-html").onclick = () => { part = "html"; showMail(); };
place("show-text").onclick = () => { part = "text"; showMail(); };
place("clear").onclick = async () => { await fetch("/mails.json", {method: "DELETE"}); location.hash = ""; mails = []; showList(); showMail(); };
refresh();
