// A listing page by page, in constant memory.
#pragma once

#include "rest/client.hpp"
#include "rest/listing.hpp"

#include <functional>
#include <unordered_set>

namespace bbstream::rest {

class json;
class json_document;

// Of a single listing; a server that never ends is not followed further.
inline constexpr std::size_t pages_max = 100'000;

class walk {
   public:
    walk(client& over, listing what);
    ~walk();
    walk(walk const&) = delete;
    walk& operator=(walk const&) = delete;

    // The rows of the next page that has any; none at the end. Errors: client::ask's; invalid for answers that are no
    // pages or lead in a circle, after the rows that these have.
    net::task<result<std::vector<row>>> next();

   private:
    result<std::vector<row>> read(response const& answer);
    void go_on(json const& page);

    client& over_;
    listing const what_;
    std::optional<std::string> target_;
    std::optional<failure> astray_;  // why there is no next page
    std::unique_ptr<json_document> document_;
    std::unordered_set<std::size_t> seen_;  // hashes of targets
};

// Each page that has rows, until `use` says that it has enough. Errors: those of walk::next().
net::task<result<void>> each_page(client& over, listing what, std::function<bool(std::vector<row> const&)> use);

// One thing with its parts, or the answer to a request, read.
struct thing {
    row cells;
    std::vector<std::vector<row>> parts;
};
net::task<result<thing>> fetch(client& over, entity what);

}  // namespace bbstream::rest
