#include "rest/authorization.hpp"

#include "event/base64.hpp"

namespace bbstream::rest {
namespace {

class fixed : public authorization {
   public:
    explicit fixed(std::string header) : header_(std::move(header)) {}

    net::task<result<std::string>> header() override { co_return header_; }
    bool refused(std::string_view) override { return false; }

   private:
    std::string const header_;
};

}  // namespace

std::string basic_authorization(std::string_view name, std::string_view password)
{
    std::string value = "Basic ";
    event::append_base64(value, std::string(name) + ':' + std::string(password));
    return value;
}

std::unique_ptr<authorization> fixed_authorization(std::string header)
{
    return std::make_unique<fixed>(std::move(header));
}

}  // namespace bbstream::rest
