#include "daemon/command/input.hpp"

#include "base/file.hpp"

#include <array>
#include <cstdio>

namespace bbstream::command {

result<std::string> read_body(std::string const& file)
{
    if (!file.empty())
        return read_file(file, body_bytes_max);
    std::string body;
    std::array<char, 64 * 1024> piece;
    while (auto const size = std::fread(piece.data(), 1, piece.size(), stdin)) {
        body.append(piece.data(), size);
        if (body.size() > body_bytes_max)
            return failure{failure_kind::invalid, "standard input is larger than 64 MiB"};
    }
    if (std::ferror(stdin))
        return failure{failure_kind::io, "standard input can't be read"};
    return body;
}

}  // namespace bbstream::command
