// Reads one TOML table key by key into typed values; the only door to toml++ beside the parser's call.
#pragma once

#include "config/checks.hpp"
#include "config/config.hpp"
#include "config/report.hpp"

#include <toml++/toml.h>

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace bbstream::config {

// Every reading function leaves `to` alone and gives false where the key is absent or wrong; what is wrong goes to the
// report, which also learns of each key asked for.
class table_reader {
   public:
    // `from` may be null: all keys are absent then. `path` is empty for the file's top.
    table_reader(toml::table const* from, std::string path, report& to);

    bool text(std::string_view key, std::string& to, text_check check = any_text);
    // As text(); "env:NAME" stands for what that variable holds.
    bool named_text(std::string_view key, std::string& to, text_check check = any_text);
    bool texts(std::string_view key, std::vector<std::string>& to, text_check check = not_empty);
    bool flag(std::string_view key, bool& to);
    bool share(std::string_view key, double& to);  // within 0 to 1
    bool duration(std::string_view key, milliseconds& to, milliseconds least, milliseconds most);
    bool size(std::string_view key, std::uint64_t& to, std::uint64_t least, std::uint64_t most);
    bool secret(std::string_view key, std::optional<secret_reference>& to);
    bool secrets(std::string_view key, std::vector<secret_reference>& to);

    template <class Number>
    bool number(std::string_view key, Number& to, std::int64_t least, std::int64_t most)
    {
        static_assert(std::is_integral_v<Number>);
        auto const value = number_within(key, least, most);
        if (value)
            to = static_cast<Number>(*value);
        return value.has_value();
    }

    template <class Choice>
    bool choice(std::string_view key, Choice& to, std::initializer_list<std::pair<std::string_view, Choice>> among)
    {
        std::string names;
        std::string value;
        if (!text(key, value))
            return false;
        for (auto const& [name, meaning] : among) {
            if (name == value) {
                to = meaning;
                return true;
            }
            names += (names.empty() ? "" : " | ") + std::string(name);
        }
        wrong(key, shown(value) + " must be " + names);
        return false;
    }

    // A table within; absent ones have no keys.
    table_reader table(std::string_view key);
    // An array of tables ([[key]]).
    std::vector<table_reader> tables(std::string_view key);
    // Every key that was not asked for, as text; a table's keys have its name and a dot before them.
    std::vector<std::pair<std::string, std::string>> rest_as_text();

    // A key that stands among those of rest_as_text().
    void know(std::string_view key) { report_->known(full(key)); }

    bool has(std::string_view key) const;
    bool is_empty_list(std::string_view key) const;
    // Where the key stands, else the table, else 0.
    std::uint32_t line_of(std::string_view key) const;
    void wrong(std::string_view key, std::string what) const;
    void unknown(std::string_view key) const { report_->unknown(line_of(key), full(key)); }
    // Reports the keys that were never asked for; the last call.
    void finish() const;

   private:
    toml::node const* ask(std::string_view key);
    std::string full(std::string_view key) const;
    std::optional<std::string> string_at(std::string_view key, toml::node const& node, std::string_view wanted);
    std::optional<std::int64_t> number_within(std::string_view key, std::int64_t least, std::int64_t most);
    toml::array const* array_at(std::string_view key, std::string_view wanted);

    toml::table const* from_;
    std::string path_;
    report* report_;
    std::set<std::string, std::less<>> asked_;
};

}  // namespace bbstream::config
