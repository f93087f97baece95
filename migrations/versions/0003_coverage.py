"""Coverage: the logistics network, villages' people and lists, roads, mended datums, runs and siting studies."""

import sqlalchemy as sa
from alembic import op

import db

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('org_unit', sa.Column('lon_raw', sa.Float(), nullable=True))
    op.add_column('org_unit', sa.Column('lat_raw', sa.Float(), nullable=True))
    op.add_column('org_unit', sa.Column('coord_system', sa.String(length=12), nullable=True))
    op.add_column('device', sa.Column('is_gis_key', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table('poverty_village',
    sa.Column('list_year', sa.Integer(), nullable=False),
    sa.Column('village_code', sa.String(length=12), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['village_code'], ['org_unit.code'], name=op.f('fk_poverty_village_village_code')),
    sa.PrimaryKeyConstraint('list_year', 'village_code', name=op.f('pk_poverty_village'))
    )
    op.create_table('remote_village',
    sa.Column('village_code', sa.String(length=12), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['village_code'], ['org_unit.code'], name=op.f('fk_remote_village_village_code')),
    sa.PrimaryKeyConstraint('village_code', 'starts_on', name=op.f('pk_remote_village'))
    )
    op.create_table('village_population',
    sa.Column('village_code', sa.String(length=12), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['village_code'], ['org_unit.code'], name=op.f('fk_village_population_village_code')),
    sa.PrimaryKeyConstraint('village_code', 'year', name=op.f('pk_village_population'))
    )
    op.create_table('coverage_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('known_at', db.UtcDateTime(), nullable=False),
    sa.Column('base_year', sa.Integer(), nullable=False),
    sa.Column('parameters', sa.JSON(), nullable=False),
    sa.Column('input_sha256', sa.String(length=64), nullable=False),
    sa.Column('code_version', sa.String(length=24), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('villages', sa.LargeBinary(), nullable=False),
    sa.Column('of_run_id', sa.Integer(), nullable=True),
    sa.Column('run_by', sa.Integer(), nullable=True),
    sa.Column('run_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['of_run_id'], ['coverage_run.id'], name=op.f('fk_coverage_run_of_run_id')),
    sa.ForeignKeyConstraint(['run_by'], ['account.id'], name=op.f('fk_coverage_run_run_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_coverage_run_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coverage_run'))
    )
    with op.batch_alter_table('coverage_run', schema=None) as batch_op:
        batch_op.create_index('ix_coverage_run_unit_path', ['unit_path', 'run_at'], unique=False, postgresql_ops={'unit_path': 'text_pattern_ops'})

    op.create_table('datum_repair',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('fault', sa.String(length=24), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('repaired_by', sa.Integer(), nullable=True),
    sa.Column('repaired_at', db.UtcDateTime(), nullable=False),
    sa.Column('undone_by', sa.Integer(), nullable=True),
    sa.Column('undone_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['repaired_by'], ['account.id'], name=op.f('fk_datum_repair_repaired_by')),
    sa.ForeignKeyConstraint(['undone_by'], ['account.id'], name=op.f('fk_datum_repair_undone_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_datum_repair_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_datum_repair'))
    )
    with op.batch_alter_table('datum_repair', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_datum_repair_unit_code'), ['unit_code'], unique=False)

    op.create_table('network_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('imported_by', sa.Integer(), nullable=True),
    sa.Column('imported_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['imported_by'], ['account.id'], name=op.f('fk_network_import_imported_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_network_import_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_import'))
    )
    op.create_table('road_graph',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('check', sa.JSON(), nullable=False),
    sa.Column('columns', sa.LargeBinary(), nullable=False),
    sa.Column('imported_by', sa.Integer(), nullable=True),
    sa.Column('imported_at', db.UtcDateTime(), nullable=False),
    sa.Column('withdrawn_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['imported_by'], ['account.id'], name=op.f('fk_road_graph_imported_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_road_graph_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_road_graph'))
    )
    with op.batch_alter_table('road_graph', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_road_graph_unit_code'), ['unit_code'], unique=False)

    op.create_table('siting_study',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('parameters', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('input_sha256', sa.String(length=64), nullable=True),
    sa.Column('code_version', sa.String(length=24), nullable=False),
    sa.Column('answer', sa.JSON(), nullable=True),
    sa.Column('asked_by', sa.Integer(), nullable=True),
    sa.Column('asked_at', db.UtcDateTime(), nullable=False),
    sa.Column('answered_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['account.id'], name=op.f('fk_siting_study_asked_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_siting_study_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_siting_study'))
    )
    with op.batch_alter_table('siting_study', schema=None) as batch_op:
        batch_op.create_index('ix_siting_study_unit_path', ['unit_path', 'asked_at'], unique=False, postgresql_ops={'unit_path': 'text_pattern_ops'})

    op.create_table('courier_service',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('village_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('courier', sa.String(length=60), nullable=False),
    sa.Column('handover', sa.String(length=16), nullable=False),
    sa.Column('trips_per_week', sa.Float(), nullable=True),
    sa.Column('promised_days', sa.Float(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.Column('superseded_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['import_id'], ['network_import.id'], name=op.f('fk_courier_service_import_id')),
    sa.ForeignKeyConstraint(['village_code'], ['org_unit.code'], name=op.f('fk_courier_service_village_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_courier_service'))
    )
    with op.batch_alter_table('courier_service', schema=None) as batch_op:
        batch_op.create_index('ix_courier_service_unit_path', ['unit_path'], unique=False, postgresql_ops={'unit_path': 'text_pattern_ops'})
        batch_op.create_index(batch_op.f('ix_courier_service_village_code'), ['village_code'], unique=False)

    op.create_table('delivery_trace',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('waybill_sha256', sa.String(length=64), nullable=False),
    sa.Column('carrier', sa.String(length=60), nullable=False),
    sa.Column('village_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.Column('node_code', sa.String(length=40), nullable=True),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('township_on', sa.Date(), nullable=True),
    sa.Column('arrived_on', sa.Date(), nullable=True),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.Column('arrival_recorded_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['import_id'], ['network_import.id'], name=op.f('fk_delivery_trace_import_id')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_delivery_trace_station_id')),
    sa.ForeignKeyConstraint(['village_code'], ['org_unit.code'], name=op.f('fk_delivery_trace_village_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery_trace')),
    sa.UniqueConstraint('waybill_sha256', name=op.f('uq_delivery_trace_waybill_sha256'))
    )
    with op.batch_alter_table('delivery_trace', schema=None) as batch_op:
        batch_op.create_index('ix_delivery_trace_station_id', ['station_id', 'arrived_on'], unique=False)
        batch_op.create_index('ix_delivery_trace_unit_path', ['unit_path', 'sent_on'], unique=False, postgresql_ops={'unit_path': 'text_pattern_ops'})
        batch_op.create_index(batch_op.f('ix_delivery_trace_village_code'), ['village_code'], unique=False)

    op.create_table('logistics_node',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('level', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('operator', sa.String(length=120), nullable=True),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('point', db.LonLatPoint(), nullable=True),
    sa.Column('lon_raw', sa.Float(), nullable=True),
    sa.Column('lat_raw', sa.Float(), nullable=True),
    sa.Column('coord_system', sa.String(length=12), nullable=True),
    sa.Column('coord_quality', sa.String(length=12), nullable=False),
    sa.Column('promised_days', sa.Float(), nullable=True),
    sa.Column('parcels_a_day', sa.Float(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.Column('superseded_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['import_id'], ['network_import.id'], name=op.f('fk_logistics_node_import_id')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_logistics_node_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_logistics_node'))
    )
    with op.batch_alter_table('logistics_node', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_logistics_node_code'), ['code'], unique=False)
        batch_op.create_index('ix_logistics_node_lon_lat', ['lon', 'lat'], unique=False)
        batch_op.create_index(batch_op.f('ix_logistics_node_unit_code'), ['unit_code'], unique=False)
        batch_op.create_index('ix_logistics_node_unit_path', ['unit_path'], unique=False, postgresql_ops={'unit_path': 'text_pattern_ops'})

    op.create_table('logistics_route',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('from_code', sa.String(length=40), nullable=False),
    sa.Column('to_code', sa.String(length=40), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('unit_path', sa.String(length=80), nullable=False),
    sa.Column('operator', sa.String(length=120), nullable=True),
    sa.Column('trips_per_week', sa.Float(), nullable=True),
    sa.Column('days', sa.Float(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.Column('superseded_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['import_id'], ['network_import.id'], name=op.f('fk_logistics_route_import_id')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_logistics_route_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_logistics_route'))
    )
    with op.batch_alter_table('logistics_route', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_logistics_route_from_code'), ['from_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_logistics_route_to_code'), ['to_code'], unique=False)
        batch_op.create_index('ix_logistics_route_unit_path', ['unit_path'], unique=False, postgresql_ops={'unit_path': 'text_pattern_ops'})

    op.create_table('node_village',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('node_code', sa.String(length=40), nullable=False),
    sa.Column('village_code', sa.String(length=12), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.Column('superseded_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['import_id'], ['network_import.id'], name=op.f('fk_node_village_import_id')),
    sa.ForeignKeyConstraint(['village_code'], ['org_unit.code'], name=op.f('fk_node_village_village_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_node_village'))
    )
    with op.batch_alter_table('node_village', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_node_village_node_code'), ['node_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_node_village_village_code'), ['village_code'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('node_village', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_node_village_village_code'))
        batch_op.drop_index(batch_op.f('ix_node_village_node_code'))

    op.drop_table('node_village')
    with op.batch_alter_table('logistics_route', schema=None) as batch_op:
        batch_op.drop_index('ix_logistics_route_unit_path', postgresql_ops={'unit_path': 'text_pattern_ops'})
        batch_op.drop_index(batch_op.f('ix_logistics_route_to_code'))
        batch_op.drop_index(batch_op.f('ix_logistics_route_from_code'))

    op.drop_table('logistics_route')
    with op.batch_alter_table('logistics_node', schema=None) as batch_op:
        batch_op.drop_index('ix_logistics_node_unit_path', postgresql_ops={'unit_path': 'text_pattern_ops'})
        batch_op.drop_index(batch_op.f('ix_logistics_node_unit_code'))
        batch_op.drop_index('ix_logistics_node_lon_lat')
        batch_op.drop_index(batch_op.f('ix_logistics_node_code'))

    op.drop_table('logistics_node')
    with op.batch_alter_table('delivery_trace', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_delivery_trace_village_code'))
        batch_op.drop_index('ix_delivery_trace_unit_path', postgresql_ops={'unit_path': 'text_pattern_ops'})
        batch_op.drop_index('ix_delivery_trace_station_id')

    op.drop_table('delivery_trace')
    with op.batch_alter_table('courier_service', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_courier_service_village_code'))
        batch_op.drop_index('ix_courier_service_unit_path', postgresql_ops={'unit_path': 'text_pattern_ops'})

    op.drop_table('courier_service')
    with op.batch_alter_table('siting_study', schema=None) as batch_op:
        batch_op.drop_index('ix_siting_study_unit_path', postgresql_ops={'unit_path': 'text_pattern_ops'})

    op.drop_table('siting_study')
    with op.batch_alter_table('road_graph', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_road_graph_unit_code'))

    op.drop_table('road_graph')
    op.drop_table('network_import')
    with op.batch_alter_table('datum_repair', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_datum_repair_unit_code'))

    op.drop_table('datum_repair')
    with op.batch_alter_table('coverage_run', schema=None) as batch_op:
        batch_op.drop_index('ix_coverage_run_unit_path', postgresql_ops={'unit_path': 'text_pattern_ops'})

    op.drop_table('coverage_run')
    op.drop_table('village_population')
    op.drop_table('remote_village')
    op.drop_table('poverty_village')
    op.drop_column('device', 'is_gis_key')
    for column in ('coord_system', 'lat_raw', 'lon_raw'):
        op.drop_column('org_unit', column)
