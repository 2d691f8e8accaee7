#include "rest/actions.hpp"

namespace bbstream::rest {

request change(method how, std::string target, std::string body)
{
    request made;
    made.how = how;
    made.target = std::move(target);
    made.body = std::move(body);
    return made;
}

}  // namespace bbstream::rest
