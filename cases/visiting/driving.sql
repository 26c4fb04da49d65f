-- How many drives from one stop to the next were made at each part of the day, and the middle of
-- what they took, in percent of what the streets alone say.
WITH latest AS (
    SELECT id, legs
    FROM lotline.visit_plan AS plan
    WHERE on_day BETWEEN :since AND :on AND NOT estimated AND legs IS NOT NULL AND EXISTS (
        SELECT FROM lotline.visit_stop AS stop
        JOIN lotline.visit_outcome AS outcome ON outcome.stop_id = stop.id
        WHERE stop.plan_id = plan.id AND outcome.left_at IS NOT NULL
    )
    ORDER BY on_day DESC, id DESC
    LIMIT :most
), leg AS (
    SELECT latest.id AS plan_id, each.nth AS place, (each.leg ->> 'seconds')::float AS planned,
        coalesce(each.leg ->> 'free', each.leg ->> 'seconds')::float AS streets
    FROM latest CROSS JOIN LATERAL jsonb_array_elements(legs) WITH ORDINALITY AS each (leg, nth)
), made AS (
    SELECT stop.plan_id, stop.place, stop.arrives_at, outcome.arrived_at,
        lag(stop.place) OVER way AS place_before, lag(stop.leaves_at) OVER way AS leaves_before,
        lag(outcome.left_at) OVER way AS left_before
    FROM latest
    JOIN lotline.visit_stop AS stop ON stop.plan_id = latest.id
    JOIN lotline.visit_outcome AS outcome ON outcome.stop_id = stop.id
    WHERE outcome.arrived_at IS NOT NULL
    WINDOW way AS (PARTITION BY stop.plan_id ORDER BY outcome.arrived_at, stop.place)
), drive AS (
    SELECT streets, extract(epoch FROM arrived_at - left_before) AS took,
        extract(hour FROM left_before AT TIME ZONE :zone) AS hour
    FROM made JOIN leg USING (plan_id, place)
    WHERE made.place_before = made.place - 1
        -- Planned with a pause on the way, it was driven with one.
        AND extract(epoch FROM arrives_at - leaves_before) - planned < :pause
)
SELECT part.name, count(*) AS drives,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY 100.0 * took / streets) AS percent
FROM drive JOIN unnest(CAST(:names AS text[]), CAST(:firsts AS int[]), CAST(:lasts AS int[]))
    AS part (name, first, last) ON hour >= part.first AND hour < part.last
WHERE took BETWEEN :shortest AND :longest AND streets >= :shortest
GROUP BY part.name
