#include "normalize/body.hpp"

#include "normalize/document.hpp"

namespace bbstream::normalize {

result<void> check_body(std::string_view body)
{
    document read;
    if (read.parse(without_byte_order_mark(body)))
        return {};
    return failure{failure_kind::invalid, std::string(read.problem())};
}

}  // namespace bbstream::normalize
