// Read calendar files with ical.js, as Thunderbird and Nextcloud do, and print what they say as JSON.
// Usage: node les_ics.mjs FILE…   Instants are in UTC; the time zone is the one in the file.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

ICAL.design.strict = true;

const instant = (time) => (time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString());

function read(file) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf-8")));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  return {
    name: calendar.getFirstPropertyValue("x-wr-calname"),
    method: calendar.getFirstPropertyValue("method"),
    events: calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        summary: event.summary,
        description: event.description,
        location: event.location,
        start: instant(event.startDate),
        end: instant(event.endDate),
        recurring: event.isRecurring(),
      };
    }),
  };
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map(read)));
