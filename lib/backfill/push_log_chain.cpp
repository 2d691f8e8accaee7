#include "backfill/push_log_chain.hpp"

#include "backfill/page.hpp"
#include "normalize/datacenter/push_log.hpp"
#include "normalize/head.hpp"

namespace bbstream::backfill {

namespace {

// Of a record. Who pushes more before anyone looks is told by one change that joins the ends.
constexpr std::size_t bytes_max = 4u << 20;

bool is_of(std::string_view repository, normalize::object const& row, normalize::arena& memory)
{
    auto const of = normalize::object_member(row, "repository");
    auto const id = of ? normalize::id_member(*of, "id", memory) : std::nullopt;
    return id == repository;
}

}  // namespace

void push_log_chain::take(std::string_view text)
{
    page const read(text);
    auto const values = read.values();
    ended_ |= !values;
    if (ended_)
        return;
    for (auto const each : *values)
        if (ended_ = !take_change(each); ended_)
            return;
}

// Whether more of them matter. A ref may have stood there several times: all that came after it was last known to be
// there was lost, and of what came before only the change that leads on from there can have been.
bool push_log_chain::take_change(normalize::element const& row)
{
    normalize::arena memory;
    auto const fields = normalize::as_object(row);
    auto const id = fields ? normalize::id_member(*fields, "id", memory) : std::nullopt;
    if (!id || !is_of(repository_, *fields, memory))
        return false;
    if (!ids_.emplace(*id).second)  // pages move on when somebody pushes
        return true;
    auto const read = normalize::datacenter::read_logged_change(*fields, memory);
    auto const& change = read.change;
    if (change.flaw || !read.at || change.data.ref.name != of_.name || normalize::head_of(change.new_hash) != next_)
        return false;
    bool const before = state::to_seconds(*read.at) <= of_.known_at || of_.known_at == 0;
    if (before && connected_ > 0)
        return false;
    rows_.push_back(simdjson::minify(row));
    bytes_ += rows_.back().size();
    next_ = normalize::head_of(change.old_hash);
    if (next_ == of_.stands)
        connected_ = rows_.size();
    return bytes_ <= bytes_max && !(before && connected_ > 0);
}

std::string push_log_chain::text() const
{
    if (connected_ == 0 || bytes_ > bytes_max)
        return {};
    std::string page = R"({"values":[)";
    for (std::size_t at = 0; at < connected_; ++at)
        page.append(at == 0 ? "" : ",").append(rows_[at]);
    return page += "]}";
}

}  // namespace bbstream::backfill
