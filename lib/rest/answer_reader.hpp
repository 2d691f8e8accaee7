// Reads one HTTP answer from bytes as they come; the only door to Beast here.
#pragma once

#include "rest/message.hpp"

#include <memory>

namespace bbstream::rest {

class answer_reader {
   public:
    // `sink` takes the body of a 2xx, without bound; any other body ends up in `into`. `bodiless`: an answer to
    // CONNECT.
    answer_reader(response& into, body_sink const& sink, bool bodiless = false);
    ~answer_reader();
    answer_reader(answer_reader const&) = delete;
    answer_reader& operator=(answer_reader const&) = delete;

    // Answers that only announce another one (1xx, RFC 9110 section 15.2) are passed over. Errors: invalid when it is
    // no HTTP, or larger than answer_bytes_max; io when the sink takes no more.
    result<void> put(std::string_view bytes);
    // The connection has ended. Errors: unavailable when the answer was not whole.
    result<void> end();
    // What it means that the connection has ended where nobody can tell whether that is the answer's end (RFC 9112,
    // section 9.8).
    failure cut_off() const;

    bool done() const;
    // Whether another request may follow on the connection.
    bool keeps_alive() const;

   private:
    class parser;

    void begin();
    bool is_interim() const;

    response& into_;
    body_sink const& sink_;
    bool const bodiless_;
    std::unique_ptr<parser> parser_;
    unsigned interim_ = 0;
    std::string waiting_;
};

}  // namespace bbstream::rest
