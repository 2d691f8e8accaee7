// A JSON body as a tree, read with tolerance: what is JSON by its grammar is read, even where a number does not fit a
// machine word (it is null then) or an escape names half a character (it is U+FFFD then).
#pragma once

#include <simdjson.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::normalize {

class document {
   public:
    // The body's object; nothing when it is no JSON object, and `problem` says why. Valid until the next parse.
    // Throws std::bad_alloc.
    std::optional<simdjson::dom::object> parse(std::string_view body);
    std::string_view problem() const { return problem_; }
    // The parsed object once more, as the element that it is.
    simdjson::dom::element root() const { return root_; }
    // What it was parsed from: the body, repaired where that was needed, so that every other reader takes it too.
    std::string_view text() const { return {text_.data(), size_}; }

   private:
    simdjson::error_code parse_text();

    simdjson::dom::parser parser_;
    simdjson::dom::element root_;
    std::vector<char> text_;
    std::size_t size_ = 0;  // without its padding
    std::string problem_;
};

// Replaces, in place, what simdjson refuses although it is JSON: numbers that may not fit by null, halves of
// surrogate pairs by U+FFFD. True if it changed anything.
bool repair_json(char* text, std::size_t size);

// Some clients begin UTF-8 with one; it is no part of JSON.
inline std::string_view without_byte_order_mark(std::string_view text)
{
    return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
}

}  // namespace bbstream::normalize
