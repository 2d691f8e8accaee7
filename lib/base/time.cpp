#include "base/time.hpp"

#include "base/digits.hpp"

#include <chrono>

namespace bbstream {

namespace {

constexpr micros second = 1'000'000;

// Reads fixed-width decimals and single separators off the front of a text.
class scanner {
   public:
    explicit scanner(std::string_view text) : rest_(text) {}

    std::optional<int> number(std::size_t width)
    {
        if (rest_.size() < width)
            return std::nullopt;
        int value = 0;
        for (char const c : rest_.substr(0, width)) {
            if (c < '0' || c > '9')
                return std::nullopt;
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(width);
        return value;
    }

    bool skip(char c)
    {
        if (rest_.empty() || rest_.front() != c)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    // Digits after a decimal point, as microseconds.
    std::optional<micros> fraction()
    {
        micros value = 0;
        int digits = 0;
        for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1), ++digits)
            if (digits < 6)
                value = value * 10 + (rest_.front() - '0');
        if (digits == 0)
            return std::nullopt;
        for (; digits < 6; ++digits)
            value *= 10;
        return value;
    }

    bool done() const { return rest_.empty(); }

   private:
    std::string_view rest_;
};

// "Z", "+hh:mm" or "+hhmm" to the end of the text, as the offset east of UTC.
std::optional<micros> parse_offset(scanner& in)
{
    if (in.skip('Z') || in.skip('z'))
        return in.done() ? std::optional<micros>(0) : std::nullopt;
    bool const west = in.skip('-');
    if (!west && !in.skip('+'))
        return std::nullopt;
    auto const hours = in.number(2);
    in.skip(':');
    auto const minutes = in.number(2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59 || !in.done())
        return std::nullopt;
    micros const offset = (*hours * 60 + *minutes) * 60 * second;
    return west ? -offset : offset;
}

}  // namespace

micros now_micros()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

void append_rfc3339(std::string& out, micros at)
{
    using namespace std::chrono;
    auto const instant = sys_time<microseconds>(microseconds(at));
    auto const day = floor<days>(instant);
    year_month_day const date(day);
    hh_mm_ss const clock(instant - day);
    append_padded(out, static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
    out += '-';
    append_padded(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    append_padded(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    append_padded(out, static_cast<std::uint64_t>(clock.hours().count()), 2);
    out += ':';
    append_padded(out, static_cast<std::uint64_t>(clock.minutes().count()), 2);
    out += ':';
    append_padded(out, static_cast<std::uint64_t>(clock.seconds().count()), 2);
    out += '.';
    append_padded(out, static_cast<std::uint64_t>(clock.subseconds().count()), 6);
    out += 'Z';
}

std::optional<micros> parse_timestamp(std::string_view text)
{
    using namespace std::chrono;
    scanner in(text);
    auto const y = in.number(4);
    bool ok = y && in.skip('-');
    auto const m = ok ? in.number(2) : std::nullopt;
    ok = m && in.skip('-');
    auto const d = ok ? in.number(2) : std::nullopt;
    ok = d && (in.skip('T') || in.skip('t') || in.skip(' '));
    auto const hour = ok ? in.number(2) : std::nullopt;
    ok = hour && in.skip(':');
    auto const minute = ok ? in.number(2) : std::nullopt;
    ok = minute && in.skip(':');
    auto const sec = ok ? in.number(2) : std::nullopt;
    if (!sec || *hour > 23 || *minute > 59 || *sec > 60)
        return std::nullopt;
    micros fraction = 0;
    if (in.skip('.')) {
        auto const parsed = in.fraction();
        if (!parsed)
            return std::nullopt;
        fraction = *parsed;
    }
    auto const offset = parse_offset(in);
    year_month_day const date{year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d))};
    if (!offset || !date.ok())
        return std::nullopt;
    micros const days_us = duration_cast<microseconds>(sys_days(date).time_since_epoch()).count();
    return days_us + ((*hour * 60LL + *minute) * 60 + *sec) * second + fraction - *offset;
}

}  // namespace bbstream
