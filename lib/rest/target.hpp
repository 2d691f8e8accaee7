// Request targets: path and query, built and taken apart with their encoding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::rest {

// Everything but letters, digits and -._~ as %XX (RFC 3986 section 2.1): safe as one segment, or as one value.
std::string percent_encoded(std::string_view text);

// The text that was encoded so; nothing where a % is followed by anything but two digits.
std::optional<std::string> percent_decoded(std::string_view text);

class target {
   public:
    // `path` is encoded already.
    explicit target(std::string path) : text_(std::move(path)) {}

    // "/NAME", the name encoded.
    target& segment(std::string_view name) &;
    target&& segment(std::string_view name) && { return std::move(segment(name)); }
    // As it is: "/refs/branches".
    target& path(std::string_view encoded) &;
    target&& path(std::string_view encoded) && { return std::move(path(encoded)); }
    target& query(std::string_view name, std::string_view value) &;
    target&& query(std::string_view name, std::string_view value) && { return std::move(query(name, value)); }

    std::string const& text() const { return text_; }

   private:
    std::string text_;
};

// A server's path, as it stands before every target: without slashes at its end.
std::string path_before(std::string_view server_path);

// The target with this parameter of the query set anew, or added; the others stay as they are.
std::string with_parameter(std::string_view target, std::string_view name, std::string_view value);
// The value, still encoded; nothing where the query lacks it.
std::optional<std::string_view> parameter(std::string_view target, std::string_view name);

// Path and query of an absolute URL, or of what is no more than these; nothing for what can't be a request's target.
std::optional<std::string> target_of(std::string_view url);

}  // namespace bbstream::rest
