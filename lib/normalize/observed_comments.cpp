#include "normalize/observed_comments.hpp"

namespace bbstream::normalize {

std::vector<observed_comment> read_observed_comments(product platform, object const& page, arena& memory)
{
    auto const values = array_member(page, "values");
    if (!values)
        return {};
    return platform == product::cloud ? cloud::read_observed_comments(*values, memory)
                                      : datacenter::read_observed_comments(*values, memory);
}

}  // namespace bbstream::normalize
