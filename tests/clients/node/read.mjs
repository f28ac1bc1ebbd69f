// Reads calendars with ical.js, and tells each event as JSON: node read.mjs ICAL_JS FILE...
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [library, ...files] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(library));
const found = {};
for (const file of files) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf-8")));
  found[file] = calendar.getAllSubcomponents("vevent").map((each) => {
    const text = (name) => each.getFirstPropertyValue(name)?.toString() ?? null;
    const all = (name) => each.getAllProperties(name).flatMap((one) => one.getValues()).map(String);
    return {
      uid: text("uid"),
      start: text("dtstart"),
      end: text("dtend"),
      summary: text("summary"),
      description: text("description"),
      status: text("status"),
      categories: all("categories"),
    };
  });
}
process.stdout.write(JSON.stringify(found));
