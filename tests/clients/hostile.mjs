// Reads what `python -m tests.clients.hostile DIR` wrote with ical.js, Mozilla's parser: `node hostile.mjs DIR`, where
// the package ical.js can be found. Ends with 1 where a text or a day differs from what was written.
import fs from "node:fs";
import path from "node:path";
import ICAL from "ical.js";

const folder = process.argv[2];
let read = 0;
const wrong = [];
for (const name of fs.readdirSync(folder).filter((each) => each.endsWith(".ics"))) {
  const wanted = JSON.parse(fs.readFileSync(path.join(folder, name.replace(/ics$/, "json")), "utf8"));
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(path.join(folder, name), "utf8")));
  const events = calendar.getAllSubcomponents("vevent");
  if (events.length !== Object.keys(wanted).length) wrong.push([name, events.length]);
  for (const event of events) {
    const told = wanted[event.getFirstPropertyValue("uid")];
    const found = {
      SUMMARY: event.getFirstPropertyValue("summary") ?? "",
      DESCRIPTION: event.getFirstPropertyValue("description") ?? "",
      CATEGORIES: event.getFirstProperty("categories")?.getValues() ?? "",
      DTSTART: event.getFirstPropertyValue("dtstart").toString(),
    };
    if (JSON.stringify(found) !== JSON.stringify(told)) wrong.push([name, told, found]);
    read += 1;
  }
}
console.log(`${read} events, ${wrong.length} wrong`);
for (const each of wrong.slice(0, 5)) console.log(JSON.stringify(each));
process.exit(read && !wrong.length ? 0 : 1);
