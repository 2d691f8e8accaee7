#include "journal/batching.hpp"

#include "journal/format.hpp"

#include <algorithm>

namespace bbstream::journal {

namespace {

// Cuts a piece of at least one request and about batch_bytes_target from the list's front.
request_list cut(request_list& from)
{
    request_list piece{from.first, from.first, 0, 0, from.port};
    append_request* each = from.first;
    do {
        piece.last = each;
        piece.bytes += record_bytes(each->record);
        ++piece.count;
        each = each->next;
    } while (piece.count < from.count && piece.bytes + record_bytes(each->record) <= batch_bytes_target);
    from.first = each;
    from.count -= piece.count;
    from.bytes -= piece.bytes;
    return piece;
}

}  // namespace

std::optional<request_list> measure(append_request* first, append_port& port)
{
    request_list list{first, first, 0, 0, &port};
    for (auto* each = first; each != nullptr; each = each->next) {
        if (!fits_format(each->record))
            return std::nullopt;
        list.last = each;
        list.bytes += record_bytes(each->record);
        ++list.count;
    }
    return list;
}

void take_batch(std::vector<request_list>& waiting, std::size_t& position, std::vector<request_list>& batch)
{
    batch.clear();
    for (std::size_t bytes = 0; position < waiting.size(); ++position) {
        auto& list = waiting[position];
        if (!batch.empty() && bytes + list.bytes > batch_bytes_target)
            return;
        if (list.bytes > atomic_bytes_max) {
            batch.push_back(cut(list));
            position += list.count == 0 ? 1 : 0;
            return;
        }
        batch.push_back(list);
        bytes += list.bytes;
    }
}

void give_back(std::vector<request_list>& batch)
{
    // Ports are few: the first list of each port collects the others.
    for (std::size_t i = 0; i < batch.size(); ++i) {
        auto& group = batch[i];
        if (group.port == nullptr)
            continue;
        for (std::size_t j = i + 1; j < batch.size(); ++j) {
            if (batch[j].port != group.port)
                continue;
            group.last->next = batch[j].first;
            group.last = batch[j].last;
            batch[j].port = nullptr;
        }
        group.last->next = nullptr;
        group.port->completed(group.first);
    }
    batch.clear();
}

}  // namespace bbstream::journal
