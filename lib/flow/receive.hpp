// receive: socket -> http -> signature -> journal -> 2xx.
//
// A 2xx on a delivery says that its record is durable. Receiving is verify and append, nothing more: the only look at a
// body is whether it is one JSON object, and the signature comes before it.
#pragma once

#include "base/product.hpp"
#include "flow/secret_ring.hpp"
#include "http/handler.hpp"
#include "journal/journal.hpp"
#include "observe/metrics.hpp"

#include <memory>
#include <string>
#include <vector>

namespace bbstream::flow {

// Where the webhooks of one instance come in.
struct webhook {
    std::string instance;
    product platform = product::cloud;
    std::string path;                  // exact
    std::vector<std::string> secrets;  // any may sign: rotation
    // Lets deliveries without a signature in, also where there are secrets (a hook that has not got its secret yet). A
    // signature that is there must be right, if there is any secret to check it with.
    bool allow_unsigned = false;
    // Takes the place of `secrets`, where it is given: they may change while webhooks come in.
    std::shared_ptr<secret_ring> ring = nullptr;
    // Whether REST is asked for what its deliveries lack, which their records say.
    bool polled = true;
};

// What http::server needs to receive these. Journal and metrics must outlive the server.
// Errors: invalid for an unusable secret. Without secrets nothing is authentic, but for allow_unsigned.
result<http::handler_factory> make_receiver(std::vector<webhook> webhooks, journal::journal& journal,
                                            observe::metrics& metrics);

}  // namespace bbstream::flow
