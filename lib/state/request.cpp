#include "state/request.hpp"

namespace bbstream::state {

std::string_view request_name(request_kind which)
{
    switch (which) {
        case request_kind::unlisted:
            return "unlisted";
        case request_kind::chain:
            return "chain";
        case request_kind::poll:
            return "poll";
        case request_kind::truncated:
            break;
    }
    return "truncated";
}

}  // namespace bbstream::state
