// The role that both products play where hooks are kept: what to ask for, and how to read it. Pure; no I/O.
#pragma once

#include "hooks/hook.hpp"
#include "rest/listing.hpp"
#include "rest/target.hpp"

#include <memory>
#include <string>

namespace bbstream::hooks {

class keeper {
   public:
    virtual ~keeper() = default;

    // Where hooks can be, the widest first.
    virtual std::vector<level> levels() const = 0;

    virtual rest::listing hooks_of(place const& where) const = 0;
    rest::request creation(place const& where, content const& what) const;
    // Leaves what `what` does not name as it is.
    rest::request rewriting(place const& where, hook const& present, content const& what) const;
    rest::request removal(place const& where, hook const& present) const;

    // What tells which events may be asked for at that level, and the events that it means. Answers other than a 2xx
    // count as an empty text.
    virtual rest::request events_request(level of) const = 0;
    virtual std::vector<std::string> read_events(std::string const& answer) const = 0;

    // Of a secret, in bytes.
    virtual std::size_t secret_bytes_max() const = 0;

   private:
    virtual rest::target hooks_target(place const& where) const = 0;
    virtual std::string body_of_new(content const& what) const = 0;
    virtual std::string body_of_changed(hook const& present, content const& what) const = 0;
};

std::unique_ptr<keeper> make_cloud_keeper(std::string api_path);
std::unique_ptr<keeper> make_datacenter_keeper(std::string api_path);
std::unique_ptr<keeper> make_keeper(product of, std::string api_path);

// A row of hooks_of().
hook read_hook(rest::row const& cells);
// The id in an answer to creation(); empty where there is none.
std::string read_id(std::string const& answer);

}  // namespace bbstream::hooks
