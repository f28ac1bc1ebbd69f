/* Reads one calendar with libical, and tells the properties of each event: a count of octets before each text. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tell(const char *text)
{
    if (text == NULL)
        text = "";
    printf("%zu:", strlen(text));
    fwrite(text, 1, strlen(text), stdout);
    putchar('\n');
}

static const char *text_of(icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *property = icalcomponent_get_first_property(event, kind);
    return property == NULL ? NULL : icalvalue_get_text(icalproperty_get_value(property));
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    char *bytes;
    long size;
    icalcomponent *calendar, *event;

    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
        return 2;
    rewind(file);
    bytes = calloc((size_t)size + 1, 1);
    if (bytes == NULL || fread(bytes, 1, (size_t)size, file) != (size_t)size)
        return 2;
    calendar = icalparser_parse_string(bytes);
    if (calendar == NULL || icalcomponent_count_errors(calendar) != 0)
        return 3;
    for (event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event != NULL;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        tell(icalcomponent_get_uid(event));
        tell(icaltime_as_ical_string(icalcomponent_get_dtstart(event)));
        tell(icaltime_as_ical_string(icalcomponent_get_dtend(event)));
        tell(icalcomponent_get_summary(event));
        tell(text_of(event, ICAL_DESCRIPTION_PROPERTY));
        tell(icalproperty_status_to_string(icalcomponent_get_status(event)));
    }
    icalcomponent_free(calendar);
    free(bytes);
    return 0;
}
