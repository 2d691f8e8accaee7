#include "config/units.hpp"

#include <charconv>
#include <span>

namespace bbstream::config {

namespace {

struct unit {
    std::string_view name;
    std::uint64_t factor;
};

// From large to small, as the shortest text wants them.
constexpr unit durations[] = {{"w", 604'800'000}, {"d", 86'400'000}, {"h", 3'600'000},
                              {"m", 60'000},      {"s", 1000},       {"ms", 1}};
constexpr unit sizes[] = {{"TiB", 1ull << 40}, {"GiB", 1ull << 30}, {"MiB", 1ull << 20}, {"KiB", 1ull << 10}, {"B", 1}};
constexpr unit decimal_sizes[] = {{"TB", 1'000'000'000'000}, {"GB", 1'000'000'000}, {"MB", 1'000'000}, {"kB", 1000}};

constexpr std::uint64_t duration_max = 100 * 365 * 86'400'000ull;
constexpr std::uint64_t size_max = 1ull << 62;

std::optional<std::uint64_t> factor_of(std::string_view name, std::span<unit const> units)
{
    for (auto const& each : units)
        if (each.name == name)
            return each.factor;
    return std::nullopt;
}

std::optional<std::uint64_t> bounded_product(std::uint64_t a, std::uint64_t b, std::uint64_t most)
{
    if (a > most / b)
        return std::nullopt;
    return a * b;
}

struct quantity {
    std::uint64_t number;
    std::string_view unit;
};

// Takes "20GiB" or "20 GiB" off the front of a text: digits, then letters.
std::optional<quantity> take_quantity(std::string_view& text)
{
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{})
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with(' '))
        text.remove_prefix(1);
    auto const letters = text.substr(0, text.find_first_of("0123456789"));
    text.remove_prefix(letters.size());
    return quantity{number, letters};
}

std::string text_of(std::uint64_t value, std::span<unit const> units)
{
    for (auto const& [name, factor] : units)
        if (value != 0 && value % factor == 0)
            return std::to_string(value / factor) + std::string(name);
    return std::to_string(value) + std::string(units.back().name);
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text)
{
    std::uint64_t total = 0;
    if (text.empty())
        return std::nullopt;
    while (!text.empty()) {
        auto const part = take_quantity(text);
        auto const factor = part ? factor_of(part->unit, durations) : std::nullopt;
        auto const value = factor ? bounded_product(part->number, *factor, duration_max) : std::nullopt;
        if (!value || *value > duration_max - total)
            return std::nullopt;
        total += *value;
    }
    return std::chrono::milliseconds(total);
}

std::optional<std::uint64_t> parse_size(std::string_view text)
{
    auto const whole = take_quantity(text);
    if (!whole || !text.empty())
        return std::nullopt;
    auto factor = factor_of(whole->unit, sizes);
    if (!factor)
        factor = factor_of(whole->unit, decimal_sizes);
    return factor ? bounded_product(whole->number, *factor, size_max) : std::nullopt;
}

std::string duration_text(std::chrono::milliseconds value)
{
    return text_of(static_cast<std::uint64_t>(value.count()), durations);
}

std::string size_text(std::uint64_t bytes)
{
    return text_of(bytes, sizes);
}

}  // namespace bbstream::config
