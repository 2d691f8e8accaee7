// Frames in memory: what the writer fills, the tail cache keeps and readers borrow; used again once nobody does.
#pragma once

#include "journal/aligned_buffer.hpp"
#include "journal/format.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace bbstream::journal {

struct frame {
    explicit frame(std::size_t capacity) : bytes(capacity) {}

    frame_header header;
    aligned_buffer bytes;
};

// Any thread: the last borrower of a frame gives it back, even after the journal is gone.
class frame_pool : public std::enable_shared_from_this<frame_pool> {
   public:
    static std::shared_ptr<frame_pool> make() { return std::make_shared<frame_pool>(); }

    std::shared_ptr<frame> take(std::size_t capacity);

   private:
    void give_back(std::unique_ptr<frame> back) noexcept;

    // Frames that wait to be used again: bounded in number and size.
    static constexpr std::size_t free_max = 8;
    static constexpr std::size_t free_frame_bytes_max = 2u << 20;
    // A larger frame than asked for is taken up to this factor.
    static constexpr std::size_t waste_factor_max = 4;
    static constexpr std::size_t capacity_least = 16u << 10;

    std::mutex mutex_;
    std::vector<std::unique_ptr<frame>> free_;
};

}  // namespace bbstream::journal
