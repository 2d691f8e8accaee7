#include "rest/walk.hpp"

#include "rest/json.hpp"

#include <utility>

namespace bbstream::rest {

walk::walk(client& over, listing what)
    : over_(over), what_(std::move(what)), target_(what_.target), document_(std::make_unique<json_document>())
{
}

walk::~walk() = default;

net::task<result<std::vector<row>>> walk::next()
{
    while (target_) {
        request page;
        page.target = *target_;
        auto const answer = co_await over_.ask(page);
        if (!answer)
            co_return answer.error();
        auto rows = read(*answer);
        if (!rows || !rows->empty())
            co_return rows;
    }
    if (auto const why = std::exchange(astray_, std::nullopt))
        co_return *why;
    co_return std::vector<row>();
}

result<std::vector<row>> walk::read(response const& answer)
{
    auto const page = document_->parse(answer.body);
    auto const values = page[what_.member];
    if (!values.is_array())
        return failure{failure_kind::invalid, *target_ + ": the answer is no page of a listing"};
    std::vector<row> rows;
    for (auto const& each : values.elements()) {
        if (!each.is_object())
            return failure{failure_kind::invalid, *target_ + ": the answer is no page of a listing"};
        rows.push_back(read_row(what_.shows, each));
    }
    go_on(page);
    return rows;
}

void walk::go_on(json const& page)
{
    auto next = what_.next ? what_.next(*target_, page) : result<std::optional<std::string>>(std::nullopt);
    seen_.insert(std::hash<std::string>()(*target_));
    if (next && *next && (seen_.size() >= pages_max || seen_.contains(std::hash<std::string>()(**next))))
        next = failure{failure_kind::invalid, *target_ + ": the pages have no end"};
    if (!next)
        astray_ = next.error();
    target_ = next ? std::move(*next) : std::nullopt;
}

net::task<result<void>> each_page(client& over, listing what, std::function<bool(std::vector<row> const&)> use)
{
    walk pages(over, std::move(what));
    for (;;) {
        auto const rows = co_await pages.next();
        if (!rows)
            co_return rows.error();
        if (rows->empty() || !use(*rows))
            co_return result<void>();
    }
}

net::task<result<thing>> fetch(client& over, entity what)
{
    request one;
    one.target = what.target;
    auto const answer = co_await over.ask(one);
    if (!answer)
        co_return answer.error();
    json_document document;
    auto const whole = document.parse(answer->body);
    if (!whole)
        co_return failure{failure_kind::invalid, what.target + ": the answer is no JSON object"};
    thing read;
    read.cells = read_row(what.shows, whole);
    // The first column is what names it.
    if (read.cells.front() == cell())
        co_return failure{failure_kind::invalid, what.target + ": the answer does not show what was asked for"};
    for (auto const& each : what.parts) {
        read.parts.emplace_back();
        for (auto const& element : each.of(whole).elements())
            read.parts.back().push_back(read_row(each.shows, element));
    }
    co_return read;
}

}  // namespace bbstream::rest
