export default {
    'capacity.title': 'Capacity',
    'capacity.about':
        'All freight of a month on what the corridor can carry, at least cost. Drag a limit: the whole assignment is solved again.',
    'capacity.month': 'Freight of',
    'capacity.reset': 'As stated',
    'capacity.carried': 'Carried',
    'capacity.unmet': 'Left behind',
    'capacity.saved': 'Saved against limits as stated',
    'capacity.proof': 'Proof',
    'capacity.proof_text': 'cost {cost} a day, no answer is below {bound}; relative gap {gap}',
    'capacity.t_day': '{t} t a day',
    'capacity.stated_t': '(with limits as stated {t})',
    'capacity.usd_day': '{usd} a day',
    'capacity.assumed': 'assumed',
    'capacity.used': '{share} used;',
    'capacity.stated': 'stated {value}',
    'capacity.dual': 'dual {usd} a day for a unit a day',
    'capacity.dual_note':
        'The dual lies between what one unit less would cost and what one more would save; where several limits are full in a row, one more of one alone may save nothing. Of a pair limit the dearer direction is told, a change moves both. What is assumed is a bottleneck of the model before it is one of the world.',
    'capacity.said': '{t} tonnes a day are left behind',
};
