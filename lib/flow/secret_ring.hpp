// The secrets that may sign an instance's webhooks: they can be replaced while reactors verify by them, and remember
// when something came by each.
#pragma once

#include "base/time.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace bbstream::flow {

struct ring_secret {
    explicit ring_secret(std::string text) : text(std::move(text)) {}
    std::string const text;
    std::atomic<micros> used{0};  // 0: never
};
using ring_secrets = std::vector<std::shared_ptr<ring_secret>>;

// Any thread.
class secret_ring {
   public:
    explicit secret_ring(std::vector<std::string> texts) { replace(std::move(texts)); }

    // Those that stay keep their time.
    void replace(std::vector<std::string> texts);

    // Changes with each replace().
    std::uint64_t version() const { return version_.load(std::memory_order_acquire); }
    ring_secrets secrets() const;

   private:
    mutable std::mutex mutex_;
    ring_secrets secrets_;
    std::atomic<std::uint64_t> version_{0};
};

}  // namespace bbstream::flow
