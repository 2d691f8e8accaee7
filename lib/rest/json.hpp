// JSON answers, read with tolerance: what is absent, null or of another type is nothing, at any depth.
#pragma once

#include "normalize/document.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace bbstream::rest {

// A value of a document; valid as long as that holds it.
class json {
   public:
    json() = default;
    explicit json(simdjson::dom::element value) : value_(value) {}

    json operator[](std::string_view key) const;

    std::optional<std::string_view> text() const;
    std::optional<std::int64_t> number() const;
    std::optional<bool> boolean() const;
    // The elements of an array; empty for anything else.
    std::vector<json> elements() const;
    // The members of an object, in its order; empty for anything else.
    std::vector<std::pair<std::string_view, json>> members() const;
    bool is_array() const;
    bool is_object() const;
    // Whether there is anything but null.
    explicit operator bool() const;

   private:
    std::optional<simdjson::dom::element> value_;
};

class json_document {
   public:
    // The object that the text is; nothing for any other text. Valid until the next parse.
    json parse(std::string_view text);

   private:
    normalize::document document_;
};

}  // namespace bbstream::rest
