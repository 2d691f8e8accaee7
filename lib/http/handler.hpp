// What is done with requests: the server's role towards the flows. One handler a reactor, used by its thread only.
#pragma once

#include "http/reply.hpp"
#include "http/request.hpp"
#include "net/task.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace bbstream::http {

class handler {
   public:
    virtual ~handler() = default;

    // Lower-case names of the headers that requests shall keep.
    virtual std::span<std::string_view const> kept_headers() const = 0;

    // Path and method; may note the route in the request. A reply refuses the request. Also asked for requests whose
    // headers are too many, with what is known of them.
    virtual std::optional<reply> route(request& request) = 0;

    // The head is whole and the body, as far as announced, not too large. A reply refuses the request before its body
    // is read.
    virtual std::optional<reply> admit(request const& request) = 0;

    // The request is whole; it stays alive and unmoved until this is done.
    virtual net::task<reply> handle(request& request) = 0;
};

using handler_factory = std::function<std::unique_ptr<handler>(net::executor)>;

}  // namespace bbstream::http
