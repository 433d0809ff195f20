/* SPDX-License-Identifier: Apache-2.0 */
#include "base/time.h"

#include "base/span.h"

enum { SECONDS_PER_DAY = 86400, DAYS_PER_400_YEARS = 146097 };

/* 0000-01-01T00:00:00Z, the first second that has a text. */
#define TIME_FIRST INT64_C(-62167219200)

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static bool exists(const struct sg_civil *c)
{
    return c->year >= 0 && c->year <= 9999 && c->month >= 1 && c->month <= 12 && c->day >= 1 &&
           c->day <= days_in_month(c->year, c->month) && c->hour >= 0 && c->hour <= 23 &&
           c->minute >= 0 && c->minute <= 59 && c->second >= 0 && c->second <= 59;
}

/* Years that begin in March put the leap day last: month m of such a year starts on day (153m+2)/5.
 */
bool sg_time_from_civil(const struct sg_civil *civil, signet_time *time)
{
    if (!exists(civil))
        return false;

    int64_t month = (civil->month + 9) % 12;
    int64_t year = civil->year + 400 - (month >= 10); /* 400 more: never negative */
    int64_t days =
        year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + civil->day - 1;
    days -= DAYS_PER_400_YEARS + 719468; /* 0000-03-01 to 1970-01-01 */
    *time = days * SECONDS_PER_DAY + civil->hour * 3600 + civil->minute * 60 + civil->second;
    return true;
}

void sg_time_to_civil(signet_time time, struct sg_civil *civil)
{
    if (time < TIME_FIRST)
        time = TIME_FIRST;
    if (time > SG_TIME_NO_END)
        time = SG_TIME_NO_END;

    int64_t since = time - TIME_FIRST;
    int second = (int)(since % SECONDS_PER_DAY);
    int64_t day =
        since / SECONDS_PER_DAY + DAYS_PER_400_YEARS - 60; /* from March of the year -400 */
    int64_t era = day / DAYS_PER_400_YEARS;
    int64_t of_era = day % DAYS_PER_400_YEARS;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;

    civil->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    civil->month = (int)(month < 10 ? month + 3 : month - 9);
    civil->year = (int)(era * 400 + year - 400) + (month >= 10);
    civil->hour = second / 3600;
    civil->minute = second / 60 % 60;
    civil->second = second % 60;
}

static char *write_number(char *text, int number, int digits)
{
    for (int i = digits - 1; i >= 0; i--) {
        text[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return text + digits;
}

void signet_time_format(signet_time time, char text[SIGNET_TIME_TEXT_SIZE])
{
    if (time < TIME_FIRST || time > SG_TIME_NO_END) {
        memcpy(text, "unknown", sizeof("unknown"));
        return;
    }
    struct sg_civil c;
    sg_time_to_civil(time, &c);
    const struct {
        int number, digits;
        char after;
    } fields[] = {{c.year, 4, '-'}, {c.month, 2, '-'},  {c.day, 2, 'T'},
                  {c.hour, 2, ':'}, {c.minute, 2, ':'}, {c.second, 2, 'Z'}};
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        text = write_number(text, fields[i].number, fields[i].digits);
        *text++ = fields[i].after;
    }
    *text = '\0';
}

/* Reads exactly DIGITS digits. */
static bool read_number(const char **text, int digits, int *out)
{
    int number = 0;
    for (int i = 0; i < digits; i++) {
        char c = (*text)[i];
        if (c < '0' || c > '9')
            return false;
        number = number * 10 + (c - '0');
    }
    *text += digits;
    *out = number;
    return true;
}

static bool read_one_of(const char **text, const char *set)
{
    if (**text == '\0' || strchr(set, **text) == NULL)
        return false;
    (*text)++;
    return true;
}

static bool skip_fraction(const char **text)
{
    if (**text != '.')
        return true;
    int digit;
    (*text)++;
    if (!read_number(text, 1, &digit))
        return false;
    while (read_number(text, 1, &digit))
        continue;
    return true;
}

/* "Z" or "+hh:mm", as seconds east of Greenwich. */
static bool read_offset(const char **text, int *offset)
{
    *offset = 0;
    if (read_one_of(text, "Zz"))
        return true;
    int sign = **text == '-' ? -1 : 1;
    int hours, minutes;
    if (!read_one_of(text, "+-") || !read_number(text, 2, &hours) || !read_one_of(text, ":") ||
        !read_number(text, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *offset = sign * (hours * 3600 + minutes * 60);
    return true;
}

static bool read_date(const char **text, struct sg_civil *civil)
{
    return read_number(text, 4, &civil->year) && read_one_of(text, "-") &&
           read_number(text, 2, &civil->month) && read_one_of(text, "-") &&
           read_number(text, 2, &civil->day);
}

static bool read_clock(const char **text, struct sg_civil *civil, int *offset)
{
    return read_one_of(text, "Tt ") && read_number(text, 2, &civil->hour) &&
           read_one_of(text, ":") && read_number(text, 2, &civil->minute) &&
           read_one_of(text, ":") && read_number(text, 2, &civil->second) && skip_fraction(text) &&
           read_offset(text, offset);
}

bool signet_time_parse(const char *text, signet_time *time)
{
    struct sg_civil civil = {0};
    signet_time result = 0;
    int offset = 0;
    if (!read_date(&text, &civil) || (*text != '\0' && !read_clock(&text, &civil, &offset)) ||
        *text != '\0' || !sg_time_from_civil(&civil, &result))
        return false;
    result -= offset;
    if (result < TIME_FIRST || result > SG_TIME_NO_END)
        return false;
    *time = result;
    return true;
}
