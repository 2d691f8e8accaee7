#include "daemon/command/bitbucket/row_output.hpp"

#include "daemon/command/bitbucket/rows.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/progress.hpp"

#include <unistd.h>

namespace bbstream::command {

net::task<int> write_rows(rest::client& over, rest::listing what, row_wish wish)
{
    auto const shows = what.shows;
    rest::walk pages(over, std::move(what));
    row_table table(shows);
    // Rows on a terminal show themselves how far it has come.
    std::optional<progress> shown;
    if (::isatty(STDOUT_FILENO) != 1)
        shown.emplace("row", 0);
    for (std::uint64_t count = 0;;) {
        auto const rows = co_await pages.next();
        if (!rows) {
            // What has come is worth showing, the failure after it.
            shown.reset();
            if (!wish.json && count > 0)
                print(table.finish());
            co_return complain_of(rows.error());
        }
        std::string text;
        for (auto const& each : *rows) {
            if (wish.limit != 0 && count == wish.limit)
                break;
            text += wish.json ? row_json(shows, each) + '\n' : table.add(each);
            ++count;
        }
        if (print(text) != success)
            co_return failed;
        if (shown)
            shown->at(count);
        if (rows->empty() || (wish.limit != 0 && count == wish.limit))
            break;
    }
    shown.reset();
    co_return wish.json ? success : print(table.finish());
}

}  // namespace bbstream::command
