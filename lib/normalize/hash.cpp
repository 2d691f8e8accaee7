#include "normalize/hash.hpp"

#include "base/hex.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

constexpr std::size_t short_digits = 12;

bool has_full_length(std::string_view hash)
{
    return hash.size() == 40 || hash.size() == 64;
}

std::string_view lower_hex(std::string_view text, arena& memory)
{
    auto const lower = memory.array<char>(text.size());
    std::transform(text.begin(), text.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    return {lower.data(), lower.size()};
}

}  // namespace

bool is_hex(std::string_view text)
{
    int seen = 0;  // negative as soon as one character is no digit; looking at all of them is faster than leaving early
    for (char const c : text)
        seen |= hex_digit(c);
    return seen >= 0;
}

bool is_full_hash(std::string_view hash)
{
    return has_full_length(hash) && is_hex(hash);
}

bool is_zero_hash(std::string_view hash)
{
    return has_full_length(hash) && hash.find_first_not_of('0') == std::string_view::npos;
}

hash_forms forms_of_hash(std::string_view sent, arena& memory)
{
    bool hex = is_hex(sent);
    if (!hex && has_full_length(sent)) {
        auto const lower = lower_hex(sent, memory);
        hex = is_hex(lower);
        if (hex)
            sent = lower;
    }
    hash_forms forms{sent, {}, {}};
    if (hex && has_full_length(sent))
        forms.sha = sent;
    if (hex && sent.size() >= short_digits)
        forms.short_sha = sent.substr(0, short_digits);
    return forms;
}

event::hash hash_member(object const& of, std::string_view name, arena& memory)
{
    auto const sent = filled_member(of, name);
    if (!sent || is_zero_hash(*sent))
        return {};
    auto const forms = forms_of_hash(*sent, memory);
    return {forms.sha, forms.short_sha};
}

std::span<std::string_view const> hash_list(object const& of, std::string_view name, std::string_view hash_name,
                                            arena& memory)
{
    auto const list = array_member(of, name);
    if (!list)
        return {};
    auto const hashes = memory.array<std::string_view>(list->size());
    std::size_t found = 0;
    for (element const each : *list) {
        auto const holder = as_object(each);
        auto const hash = holder ? filled_member(*holder, hash_name) : std::nullopt;
        if (hash)
            hashes[found++] = forms_of_hash(*hash, memory).id;
    }
    return hashes.first(found);
}

}  // namespace bbstream::normalize
