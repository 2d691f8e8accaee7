// A request to Bitbucket's REST API and its answer, without how they travel.
#pragma once

#include "base/failure.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bbstream::rest {

// A page of a listing is far smaller; only what streams may be larger.
inline constexpr std::size_t answer_bytes_max = 32 * 1024 * 1024;

using header_list = std::vector<std::pair<std::string, std::string>>;

enum class method : std::uint8_t { get, post, put, remove };

std::string_view method_name(method how);

// Who goes first where the budget is short.
enum class priority : std::uint8_t { live, backfill };

// Takes the body of a 2xx piece by piece; false: no more is wanted, and the request fails.
using body_sink = std::function<bool(std::string_view piece)>;

struct request {
    method how = method::get;
    std::string target;  // path and query, encoded
    std::string body;
    std::string content_type = "application/json";  // of the body, if there is one
    std::string accept = "application/json";
    priority urgency = priority::live;
    std::string secret;  // that the body holds, if any: struck out of what a refusal repeats
    bool reads = false;  // a POST that changes nothing and may be repeated
    // A file that another host keeps: a redirect there is followed, without the credential.
    bool may_leave_host = false;
    // Its answer can't be had again: a stop waits for it, if it has been sent.
    bool outlasts_stop = false;
    body_sink sink;  // none: the body is in the response

    // Whether doing it twice is as good as doing it once.
    bool repeatable() const { return how != method::post || reads; }
};

struct response {
    unsigned status = 0;
    header_list headers;  // names in lower case
    std::string body;

    // The value of the first of that name; empty when there is none.
    std::string_view header(std::string_view name) const;
    bool ok() const { return status / 100 == 2; }
};

}  // namespace bbstream::rest
