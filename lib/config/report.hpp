// What is wrong with a configuration file, collected over the whole of it.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::config {

class report {
   public:
    // `line` is 0 where the file has none to point at; `key` is empty for the file as a whole.
    void add(std::uint32_t line, std::string key, std::string what);

    // A key that the configuration has; `key` may stand in the file or not.
    void known(std::string key) { known_.insert(std::move(key)); }
    // A key of the file that the configuration does not have.
    void unknown(std::uint32_t line, std::string key);

    // All that is wrong as lines "name:12: ingest.listen: what", in the order of the file; empty when nothing is.
    std::string text(std::string const& name);

    std::set<std::string> const& known_keys() const { return known_; }

   private:
    struct problem {
        std::uint32_t line;
        std::string key;
        std::string what;
    };

    std::vector<problem> problems_;
    std::vector<problem> unknown_;
    std::set<std::string> known_;
};

// The known key that `key` was likely meant to be: near in spelling, or of the same name elsewhere; else empty.
std::string nearest_key(std::string_view key, std::set<std::string> const& known);

// A value of the file as messages show it: quoted, of bounded length, without control characters and without the user
// and password that an address may carry.
std::string shown(std::string_view value);

}  // namespace bbstream::config
